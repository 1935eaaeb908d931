import type { LearnedExperiment } from '../types.js';

/** An experiment that chooses the weight of its penalty in a first run; see `runInTwoStages`. */
export interface TwoStaged {
  readonly twoStaged: true;
}

/** Two-staged experiment: `runExperiment` first searches for the penalty weight, then trains with that weight. */
export function twoStaged<E extends LearnedExperiment>(experiment: E): E & TwoStaged {
  return { ...experiment, twoStaged: true };
}
