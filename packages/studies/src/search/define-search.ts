import { assertInteger, assertNumber, invalid } from '@footlight/core';
import { checkStopRules } from '../stop-rules.js';
import type { Search, SearchOptions } from './types.js';

/**
 * Defines a search for the options of an experiment: checks and freezes it. Runs and downloads nothing.
 *
 * Every trial creates an experiment, trains it on the training part and evaluates it on the validation part. Learned
 * models report the metric after every epoch, so that pruners work without a line of code. The test part is never
 * evaluated.
 *
 * Create the dataset outside of `space`, so that all trials share it and it is read once.
 *
 * @throws {RecsysError} `invalid-argument` naming the option that is wrong
 * @example
 * const dataset = movielens('latest-small');
 * export default defineSearch({
 *   space: (trial) =>
 *     defineExperiment({
 *       dataset,
 *       split: leaveLastOut(),
 *       model: factorization({ dim: trial.integer('dim', { low: 16, high: 128, step: 16 }) }),
 *       loss: bprLoss(),
 *       optimizer: () => adam({ learningRate: 0.01 }),
 *       epochs: 20,
 *       metrics: [ndcg({ at: 10 })],
 *       seed: 42,
 *     }),
 *   objective: { metric: 'ndcg@10' },
 *   trials: 50,
 *   pruner: medianPruner(),
 * });
 */
export function defineSearch(options: SearchOptions): Search {
  const { name, space, objective, trials, stop, seed, seeds } = options;
  if (name !== undefined && (typeof name !== 'string' || name.trim() === ''))
    invalid('defineSearch(name)', 'a text', String(name));
  if (typeof space !== 'function')
    invalid('defineSearch(space)', 'a function that creates an experiment from a trial', String(space));
  if (typeof objective?.metric !== 'string')
    invalid('defineSearch(objective.metric)', 'the name of a metric, e.g. ndcg@10', String(objective?.metric));
  const { direction } = objective;
  if (direction !== undefined && direction !== 'minimize' && direction !== 'maximize')
    invalid('defineSearch(objective.direction)', 'minimize or maximize', direction);
  if (trials !== undefined) assertInteger('defineSearch(trials)', trials);
  if (trials !== undefined && stop?.trials !== undefined)
    invalid('defineSearch', 'trials or stop.trials', 'both', 'Leave one of them out.');
  if (stop) checkStopRules(stop, 1);
  if (seed !== undefined) assertNumber('defineSearch(seed)', seed);
  if (seeds !== undefined) assertInteger('defineSearch(seeds)', seeds);
  return Object.freeze({ ...options, kind: 'search' as const });
}

/** Whether a value was made by `defineSearch`. */
export function isSearch(value: unknown): value is Search {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'search';
}
