import type { StudyView, TrialRecord } from './types.js';

/** Computes something from the ended trials of a study step by step, as trials end. */
export function followFinished<State extends object>(
  create: () => State,
  add: (state: State, trial: TrialRecord, study: StudyView) => void,
): (study: StudyView) => State {
  const states = new WeakMap<readonly number[], { state: State; count: number }>();
  return (study) => {
    let entry = states.get(study.finished);
    if (!entry) {
      entry = { state: create(), count: 0 };
      states.set(study.finished, entry);
    }
    for (; entry.count < study.finished.length; entry.count++)
      add(entry.state, study.trials[study.finished[entry.count]!]!, study);
    return entry.state;
  };
}
