import { rankByDominance, selectByHypervolume } from '../pareto.js';
import type { StudyView, TrialRecord } from '../types.js';

/** Objective values as losses: smaller is better. */
export function toLosses({ directions }: Pick<StudyView, 'directions'>, values: readonly number[]): number[] {
  return values.map((value, at) => (directions[at] === 'maximize' ? -value : value));
}

/** The numbers of the good trials and of the others, ascending. */
export interface Split {
  readonly below: Int32Array;
  readonly above: Int32Array;
}

/**
 * Splits trials into the best ones and the others.
 *
 * Complete trials come before pruned ones. Pruned trials with more steps come first, of these the ones with the better
 * last report. Running trials are among the others (constant liar), if they are given.
 *
 * @param size the number of good trials
 * @param isMember tells which trials are considered, by their numbers
 */
export function splitTrials(
  study: StudyView,
  size: number,
  isMember: (number: number) => boolean,
  withRunning: boolean,
): Split {
  const { trials } = study;
  const flags = new Uint8Array(trials.length);
  for (const number of findGood(study, size)) flags[number] = 1;
  const [below, above] = [new Int32Array(trials.length), new Int32Array(trials.length)];
  let [good, bad] = [0, 0];
  for (let number = 0; number < trials.length; number++) {
    const { state } = trials[number]!;
    const counts = state === 'complete' || state === 'pruned' || (withRunning && state === 'running');
    if (!counts || !isMember(number)) continue;
    if (flags[number]) below[good++] = number;
    else above[bad++] = number;
  }
  return { below: below.subarray(0, good), above: above.subarray(0, bad) };
}

/** The good trials that were found last, by the list of ended trials, which stands for the study. */
const lastGood = new WeakMap<readonly number[], { ended: number; size: number; numbers: readonly number[] }>();

/** The numbers of the good trials. Parameters that are drawn by themselves have the same ones until a trial ends. */
function findGood(study: StudyView, size: number): readonly number[] {
  const { trials, finished } = study;
  const last = lastGood.get(finished);
  if (last?.ended === finished.length && last.size === size) return last.numbers;
  const complete = trials.filter(({ state }) => state === 'complete');
  const numbers = selectBest(study, complete, size).map(({ number }) => number);
  const rest = size - numbers.length;
  if (rest > 0) {
    const pruned = trials.filter(({ state }) => state === 'pruned').map((trial) => ({ trial, ...score(study, trial) }));
    pruned.sort(
      (one, other) => other.step - one.step || one.loss - other.loss || one.trial.number - other.trial.number,
    );
    numbers.push(...pruned.slice(0, rest).map(({ trial }) => trial.number));
  }
  lastGood.set(finished, { ended: finished.length, size, numbers });
  return numbers;
}

/** The best complete trials; of equal ones the earlier. */
export function selectBest(study: StudyView, complete: readonly TrialRecord[], size: number): TrialRecord[] {
  if (size <= 0) return [];
  if (size >= complete.length) return [...complete];
  if (study.directions.length > 1) return selectFronts(study, complete, size);
  const sign = study.directions[0] === 'maximize' ? -1 : 1;
  const best: { trial: TrialRecord; loss: number }[] = [];
  for (const trial of complete) {
    const loss = sign * trial.values![0]!;
    if (best.length === size && !(loss < best[size - 1]!.loss)) continue;
    let at = best.length;
    while (at > 0 && loss < best[at - 1]!.loss) at--;
    best.splice(at, 0, { trial, loss });
    if (best.length > size) best.pop();
  }
  return best.map(({ trial }) => trial);
}

/** Whole fronts, and of the first front that does not fit the trials that add most hypervolume. */
function selectFronts(study: StudyView, complete: readonly TrialRecord[], size: number): TrialRecord[] {
  const losses = complete.map(({ values }) => toLosses(study, values!));
  const ranks = rankByDominance(losses, size);
  const chosen: number[] = [];
  for (let rank = 0; chosen.length < size; rank++) {
    const front = [...ranks.keys()].filter((at) => ranks[at] === rank);
    const free = size - chosen.length;
    if (front.length <= free) chosen.push(...front);
    else
      chosen.push(
        ...selectByHypervolume(
          front.map((at) => losses[at]!),
          free,
        ).map((at) => front[at]!),
      );
  }
  return chosen.sort((one, other) => one - other).map((at) => complete[at]!);
}

function score(study: StudyView, { intermediate }: TrialRecord): { step: number; loss: number } {
  if (intermediate.size === 0) return { step: -1, loss: 0 };
  const step = Math.max(...intermediate.keys());
  const value = intermediate.get(step)!;
  return { step, loss: Number.isNaN(value) ? Infinity : study.directions[0] === 'maximize' ? -value : value };
}
