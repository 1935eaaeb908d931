import { invalid } from '@footlight/core';
import type { Split } from '@footlight/datasets';
import type { Experiment } from '../types.js';

/** An experiment that is run once per fold, each with a seed of its own; its metrics are means over all runs. */
export interface CrossValidated {
  readonly folds: readonly [Split, ...Split[]];
}

/**
 * Cross-validation: one experiment on several splits of the same data.
 *
 * @throws {RecsysError} `invalid-argument` without a fold
 * @example
 * const folds = kFold({ folds: 5, seed: 7 });
 * crossValidated(folds, (split) => defineExperiment({ dataset, split, model, metrics, seed: 1 }))
 */
export function crossValidated<E extends Experiment>(
  folds: readonly Split[],
  createExperiment: (split: Split) => E,
): E & CrossValidated {
  const [first, ...others] = folds;
  if (!first) return invalid('crossValidated(folds)', 'at least one split', 'none');
  return { ...createExperiment(first), folds: [first, ...others] };
}

/** Splits a cross-validated experiment into one experiment per fold; an experiment without folds is returned alone. */
export function splitIntoFolds({ folds, ...experiment }: Experiment): readonly [Experiment, ...Experiment[]] {
  if (!folds) return [experiment];
  const [first, ...others] = folds.map((split): Experiment => ({ ...experiment, split }));
  return [first!, ...others];
}
