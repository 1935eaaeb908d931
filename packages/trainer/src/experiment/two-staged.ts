import type { LearnedExperiment } from './define-experiment.js';

/** An experiment that chooses the weight of its penalty in a first run; see `runInTwoStages`. */
export interface TwoStaged {
  readonly twoStaged: true;
}

/** Makes `runExperiment` run an experiment in two stages: a search for the weight of its penalty, then training with that weight. */
export function twoStaged<E extends LearnedExperiment>(experiment: E): E & TwoStaged {
  return { ...experiment, twoStaged: true };
}
