import { assertInteger, assertNumber, invalid } from '@footlight/core';
import type { StopEarly, StopEarlyOptions } from '../types.js';

/**
 * Early stopping: ends training when the validation part no longer improves, and restores the best epoch.
 *
 * While an `annealed` penalty weight rises, epochs do not count by default: the epoch that is restored ends with the
 * final weight.
 *
 * NaN never improves; a run all of whose values are NaN ends with an error.
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
  assertInteger('stopEarly(patience)', patience);
  assertNumber('stopEarly(minimumChange)', minimumChange, { from: 0 });
  if (better !== 'max' && better !== 'min') invalid('stopEarly(better)', "'max' or 'min'", better);
  if (whileAnnealing !== 'wait' && whileAnnealing !== 'count')
    invalid('stopEarly(whileAnnealing)', "'wait' or 'count'", whileAnnealing);
  const sign = better === 'max' ? 1 : -1;
  return {
    metric,
    patience,
    minimumChange,
    better,
    whileAnnealing,
    improves: (value, best) =>
      !Number.isNaN(value) && (best === undefined || Number.isNaN(best) || sign * (value - best) > minimumChange),
  };
}
