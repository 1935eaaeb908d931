import { invalid } from '@footlight/core';
import type { StopEarly, StopEarlyOptions } from '../types.js';

/**
 * Early stopping: ends training when the validation part no longer improves, and restores the best epoch.
 *
 * While an `annealed` penalty weight rises, epochs do not count by default: a model that is restored was trained with
 * the final weight.
 *
 * @example
 * stopEarly({ metric: 'ndcg@10', patience: 5 })
 */
export function stopEarly({
  metric,
  patience = 3,
  minimumChange = 0,
  better = 'max',
  whileAnnealing = 'wait',
}: StopEarlyOptions): StopEarly {
  if (!Number.isSafeInteger(patience) || patience < 1) invalid('stopEarly(patience)', 'a positive integer', patience);
  if (!(minimumChange >= 0)) invalid('stopEarly(minimumChange)', 'a number from 0', minimumChange);
  const sign = better === 'max' ? 1 : -1;
  return {
    metric,
    patience,
    minimumChange,
    better,
    whileAnnealing,
    improves: (value, best) => best === undefined || sign * (value - best) > minimumChange,
  };
}
