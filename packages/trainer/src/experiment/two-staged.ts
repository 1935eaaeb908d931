import { invalid } from '@footlight/core';
import type { LearnedExperiment, TwoStagedOptions } from '../types.js';

/** An experiment that chooses the final weight of its penalty in a first run; see `runInTwoStages`. */
export interface TwoStaged {
  readonly twoStaged: Required<TwoStagedOptions>;
}

/**
 * Two-staged experiment: `runExperiment` first searches for the penalty weight, then trains up to that weight.
 *
 * @throws {RecsysError} `invalid-argument` if `secondRise` is neither
 * @example
 * twoStaged(defineExperiment({ ...experiment, epochs: 100, penalty: annealed({ cap: 1, epochs: 80 }) }))
 */
export function twoStaged<E extends LearnedExperiment>(
  experiment: E,
  { secondRise = 'same-epochs' }: TwoStagedOptions = {},
): E & TwoStaged {
  if (secondRise !== 'same-epochs' && secondRise !== 'same-slope')
    invalid('twoStaged(secondRise)', "'same-epochs' or 'same-slope'", secondRise);
  return { ...experiment, twoStaged: { secondRise } };
}
