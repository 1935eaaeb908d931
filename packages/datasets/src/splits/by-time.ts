import { invalid } from '@footlight/core';
import { assertRowOrder, putInOrder, type RowOrderOptions } from '../row-order.js';
import type { Interactions, Split } from '../types.js';
import { selectNthSmallest } from './select-nth-smallest.js';
import { assertFilled, assertShares, divideByShares, formatShares } from './shares.js';
import { splitByPart } from './split-by-part.js';

export interface ByTimeOptions extends RowOrderOptions {
  /** Start of the test part: seconds since 1970 or, if below 1, the share of the last interactions. */
  readonly test: number;
  /**
   * Start of the validation part, which ends where `test` begins: seconds since 1970, or a share of all interactions if
   * below 1. Default: no validation part.
   */
  readonly validation?: number;
}

/**
 * Split at one point in time for all users: train before it, test from it on.
 *
 * Shares are rounded by largest remainder. Interactions with equal timestamps stay in one part, so that the test part
 * can be a little larger than its share.
 *
 * @throws {RecsysError} `invalid-argument` without timestamps, or if a part would be empty
 */
export function byTime(options: ByTimeOptions): Split {
  const { test, validation } = options;
  const order = assertRowOrder('byTime', options.order);
  if (!(Number.isFinite(test) && test >= 1)) assertShares('byTime', options);
  else if (validation !== undefined && !(Number.isFinite(validation) && validation >= 1 && validation < test))
    invalid('byTime(validation)', `a time before ${test}`, validation);
  return {
    name: `by-time(${formatShares(options)})`,
    protocol: { name: 'by-time', test, ...(validation === undefined ? {} : { validation }), order },
    split(all) {
      const interactions = putInOrder(all, order);
      const { timestamps = invalid('byTime', 'interactions with timestamps', 'none', 'Try leaveRandomOut().') } =
        interactions;
      if (interactions.positions)
        invalid('byTime', 'times', 'positions in the histories of users', 'Try leaveLastOut().');
      const [fromValidation, fromTest] = findBoundaries(timestamps, options);
      const part = new Uint8Array(timestamps.length);
      for (let row = 0; row < part.length; row++)
        part[row] = timestamps[row]! >= fromTest ? 2 : timestamps[row]! >= fromValidation ? 1 : 0;
      return splitByPart('byTime', interactions, part, validation !== undefined);
    },
  };
}

/** The times at which validation and test begin. */
function findBoundaries(
  timestamps: NonNullable<Interactions['timestamps']>,
  { test, validation }: ByTimeOptions,
): [number, number] {
  if (test >= 1) return [validation ?? test, test];
  const sizes = divideByShares(timestamps.length, { test, ...(validation === undefined ? {} : { validation }) });
  assertFilled('byTime', sizes, validation !== undefined);
  const findStart = (at: number) => selectNthSmallest(timestamps, at);
  return [findStart(sizes.train), findStart(sizes.train + sizes.validation)];
}
