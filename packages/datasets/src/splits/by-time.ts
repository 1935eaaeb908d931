import { invalid } from '@footlight/core';
import type { Interactions, Split } from '../types.js';
import { selectNthSmallest } from './select-nth-smallest.js';
import { assertShares, formatShares } from './shares.js';
import { splitByPart } from './split-by-part.js';

export interface ByTimeOptions {
  /** From when on interactions are tested: seconds since 1970, or the last share of all interactions if below 1. */
  readonly test: number;
  /** From when on, until `test`, interactions are for validation: seconds since 1970, or a share of all if below 1. Default none. */
  readonly validation?: number;
}

/**
 * One moment for everybody: train lies before it, test from it on.
 *
 * Interactions at the same time stay together, so a share can come out a little larger than asked for.
 *
 * @throws {RecsysError} `invalid-argument` if there are no timestamps, or nothing lies on one side
 */
export function byTime(options: ByTimeOptions): Split {
  const { test, validation } = options;
  if (test < 1) assertShares('byTime', options);
  else if (validation !== undefined && !(validation >= 1 && validation < test))
    invalid('byTime(validation)', `a time before ${test}`, validation);
  return {
    name: `by-time(${formatShares(options)})`,
    protocol: { name: 'by-time', test, ...(validation === undefined ? {} : { validation }) },
    split(interactions) {
      const { timestamps = invalid('byTime', 'interactions with timestamps', 'none', 'Try atRandom().') } =
        interactions;
      const [fromValidation, fromTest] = findBoundaries(timestamps, options);
      const part = new Uint8Array(timestamps.length);
      for (let row = 0; row < part.length; row++)
        part[row] = timestamps[row]! >= fromTest ? 2 : timestamps[row]! >= fromValidation ? 1 : 0;
      return splitByPart('byTime', interactions, part, validation !== undefined);
    },
  };
}

/** When validation and when test begins. */
function findBoundaries(
  timestamps: NonNullable<Interactions['timestamps']>,
  { test, validation = 0 }: ByTimeOptions,
): [number, number] {
  if (test >= 1) return [validation || test, test];
  const after = (share: number) => selectNthSmallest(timestamps, Math.trunc((1 - share) * timestamps.length));
  return [after(test + validation), after(test)];
}
