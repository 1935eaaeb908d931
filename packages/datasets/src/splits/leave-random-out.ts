import { invalid, numpyRandom } from '@footlight/core';
import { assertSeed } from '../assert-seed.js';
import { getGroup } from '../group-by.js';
import { groupByUserInTime } from '../group-by-user.js';
import { assertRowOrder, putInOrder, type RowOrderOptions } from '../row-order.js';
import type { Interactions, Split } from '../types.js';
import { apportion, assertShares } from './shares.js';
import { type Parts, splitByPart } from './split-by-part.js';

export interface LeaveRandomOutOptions extends RowOrderOptions {
  /** Test targets of each user: their number, or their share of the user's interactions if below 1. Default 1. */
  readonly test?: number;
  /** Validation targets of each user, likewise. Default as many as for the test; 0: no validation part. */
  readonly validation?: number;
  /** Seed of the numpy generator. Default 42. */
  readonly seed?: number;
}

/**
 * Leave-one-out split without times: randomly drawn interactions of each user are the targets.
 *
 * Every user keeps at least one training interaction: of two, one is a test target, and of one, none. Shares are
 * rounded by largest remainder; a user has at least one target where enough interactions are left.
 *
 * @example
 * leaveRandomOut({ test: 0.2, validation: 0 }) // a fifth of each user's interactions
 * @source ours; as RecBole's `split: {RS: …}, group_by: user`
 */
export function leaveRandomOut({
  test = 1,
  validation = test,
  seed = 42,
  ...options
}: LeaveRandomOutOptions = {}): Split {
  for (const [name, size, minimum] of [
    ['test', test, 1],
    ['validation', validation, 0],
  ] as const)
    if (!((size > 0 && size < 1) || (Number.isSafeInteger(size) && size >= minimum)))
      invalid(
        `leaveRandomOut(${name})`,
        'a positive integer or a number between 0 and 1',
        typeof size === 'string' ? `the text '${size}'` : size,
      );
  if (test < 1 && validation > 0 && validation < 1) assertShares('leaveRandomOut', { test, validation });
  const order = assertRowOrder('leaveRandomOut', options.order);
  assertSeed('leaveRandomOut', seed);
  return {
    name: validation > 0 ? `leave-random-out(${validation} + ${test})` : `leave-random-out(${test})`,
    protocol: { name: 'leave-random-out', test, validation, seed, order },
    split(all) {
      const interactions = putInOrder(all, order);
      const parts = assignParts(interactions, { test, validation }, seed);
      return splitByPart('leaveRandomOut', interactions, parts, validation > 0);
    },
  };
}

function assignParts(
  interactions: Interactions,
  sizes: { readonly test: number; readonly validation: number },
  seed: number,
): Parts {
  const grouped = groupByUserInTime(interactions);
  const random = numpyRandom(seed);
  const part: Parts = new Uint8Array(interactions.users.length);
  for (let user = 0; user < interactions.catalogue.userCount; user++) {
    const rows = getGroup(grouped, user);
    if (rows.length < 2) continue;
    const { test, validation } = countTargets(rows.length, sizes);
    const shuffled = random.permutation(rows.length);
    for (let at = 0; at < test + validation; at++) part[rows[shuffled[at]!]!] = at < test ? 2 : 1;
  }
  return part;
}

/** The numbers of targets of a user: at least one of each kind as far as one interaction is left for train. */
function countTargets(
  count: number,
  sizes: { readonly test: number; readonly validation: number },
): { readonly test: number; readonly validation: number } {
  const exact = (size: number) => (size < 1 ? size * count : 0);
  const rounded = apportion(count, { test: exact(sizes.test), validation: exact(sizes.validation) });
  const limit = (size: number, share: number, most: number) => Math.min(most, Math.max(1, size < 1 ? share : size));
  const test = limit(sizes.test, rounded.test, count - 1);
  const validation = sizes.validation === 0 ? 0 : limit(sizes.validation, rounded.validation, count - 1 - test);
  return { test, validation };
}
