import type { LearnedExperiment } from '@footlight/trainer';

/** A row that chooses the weight of its penalty in a first run of each seed; see `runInTwoStages`. */
export interface TwoStaged {
  readonly twoStaged: true;
}

/** The experiment, run twice for each seed. */
export function twoStaged<E extends LearnedExperiment>(experiment: E): E & TwoStaged {
  return { ...experiment, twoStaged: true };
}
