import { findBest, findParetoFront } from './best-trials.js';
import { openJournal } from './log/journal.js';
import type { StudyLog } from './log/types.js';
import type { Attributes, StudyView, TrialRecord } from './types.js';

/** A study as its log describes it at the time of reading. */
export interface StudySnapshot extends StudyView {
  readonly attributes: Attributes;
  /** The best complete trial, of equal ones the first; absent if there is none, or several directions. */
  readonly best?: TrialRecord | undefined;
  /** The complete trials that no other one dominates, by number. */
  readonly paretoFront: readonly TrialRecord[];
}

/**
 * Reads all studies of a log, and writes nothing: for reports, while workers may go on.
 *
 * @example
 * for (const { name, trials } of await readStudies(fileLog('search.log'))) console.log(name, trials.length);
 * @throws {RecsysError} `invalid-data` if the log cannot be read
 */
export async function readStudies(log: StudyLog): Promise<StudySnapshot[]> {
  const { replay } = await openJournal(log);
  return [...replay.studies.values()].map((study) => ({
    name: study.name,
    directions: study.directions,
    trials: study.trials,
    finished: study.finished,
    attributes: study.attributes,
    systemAttributes: study.systemAttributes,
    best: study.directions.length === 1 ? findBest(study) : undefined,
    paretoFront: findParetoFront(study),
  }));
}
