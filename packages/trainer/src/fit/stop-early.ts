import { invalid } from '@footlight/core';

export interface StopEarlyOptions {
  /** Name of the metric to watch on the validation part, e.g. `ndcg@10`. */
  metric: string;
  /** Epochs without improvement that are waited for. Default 3. */
  patience?: number;
  /** An improvement smaller than this does not count. Default 0. */
  minimumChange?: number;
  /** Whether larger or smaller values are better. Default `max`. */
  better?: 'max' | 'min';
}

export interface StopEarly extends Required<StopEarlyOptions> {
  /** Whether `value` improves on `best`; the first value always does. */
  improves(value: number, best: number | undefined): boolean;
}

/**
 * Stops training when the validation part no longer improves, and goes back to the best epoch.
 *
 * @example
 * stopEarly({ metric: 'ndcg@10', patience: 5 })
 */
export function stopEarly({ metric, patience = 3, minimumChange = 0, better = 'max' }: StopEarlyOptions): StopEarly {
  if (!Number.isSafeInteger(patience) || patience < 1) invalid('stopEarly(patience)', 'a positive integer', patience);
  if (!(minimumChange >= 0)) invalid('stopEarly(minimumChange)', 'a number from 0', minimumChange);
  const sign = better === 'max' ? 1 : -1;
  return {
    metric,
    patience,
    minimumChange,
    better,
    improves: (value, best) => best === undefined || sign * (value - best) > minimumChange,
  };
}
