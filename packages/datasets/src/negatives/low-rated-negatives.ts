import { assertInteger, assertNumber, invalid } from '@footlight/core';
import { findRows } from '../select-rows.js';
import type { Interactions, LowRated, NegativeSampler, Negatives } from '../types.js';
import { formatDrawOptions, type Rejection } from './rejection.js';
import { collectSeenItems, hasSeen, type SeenItems } from './seen-items.js';
import { uniformNegatives } from './uniform-negatives.js';

export interface LowRatedNegativesOptions {
  /** Negatives per query. */
  readonly count: number;
  /** Probability that a negative is a low-rated item of the user, above 0 and at most 1. Default 1. */
  readonly share?: number;
  /** Only items that the user rated at most so are drawn. Default: all that the filter has set aside. */
  readonly maximum?: number;
  /** Items that are never sampled as one of the other, uniform negatives. Default `positive`. */
  readonly reject?: Rejection;
}

/**
 * Explicit negatives: items that the user rated low, mixed with uniform negatives.
 *
 * $$ P(n) = s \cdot \frac{[n \in L_u]}{|L_u|} + (1 - s) \cdot \frac{[n \notin R_q]}{|I \setminus R_q|} $$
 *
 * with the share s, $L_u$ the low-rated items of user u, and $R_q$ the items that are rejected for the query. For a
 * user without low-rated items, s is 0: all negatives are uniform.
 *
 * The low ratings are those that the filter `minimumRating({ below: 'negatives' })` has set aside. Of these, a training
 * run uses what it may know: ratings of items that the user does not have in train, and, where there are times, ratings
 * no later than the user's last training interaction.
 *
 * @throws {RecsysError} `invalid-argument`, from `prepare`, if no ratings were set aside, or none can be used
 * @example
 * const filters = [minimumRating({ rating: 4, below: 'negatives' })];
 * const negatives = lowRatedNegatives({ count: 1, share: 0.5 });
 * @source ours
 */
export function lowRatedNegatives(options: LowRatedNegativesOptions): Negatives {
  const { count, share = 1, maximum, reject = 'positive' } = options;
  assertInteger('lowRatedNegatives(count)', count);
  assertNumber('lowRatedNegatives(share)', share, { above: 0, to: 1 });
  if (maximum !== undefined) assertNumber('lowRatedNegatives(maximum)', maximum);
  const uniform = uniformNegatives({ count, reject });
  const shareName = share === 1 ? [] : [`share ${share}`];
  const maximumName = maximum === undefined ? [] : [`maximum ${maximum}`];
  return {
    name: `low-rated${formatDrawOptions([`${count}`, ...shareName, ...maximumName], reject)}`,
    protocol: { name: 'low-rated', count, share, ...(maximum === undefined ? {} : { maximum }), reject },
    count,
    prepare: (train) => replaceByLowRated(uniform.prepare(train), collectLowRated(train, maximum), count, share),
  };
}

/** Draws uniform negatives, and replaces a share of them. */
function replaceByLowRated(
  uniform: NegativeSampler,
  { offsets, items }: SeenItems,
  count: number,
  share: number,
): NegativeSampler {
  return {
    sample(users, positives, rng) {
      const negatives = uniform.sample(users, positives, rng); // [query, negative]
      for (let at = 0; at < negatives.length; at++) {
        const user = users[Math.floor(at / count)]!;
        const first = offsets[user]!;
        const available = offsets[user + 1]! - first;
        if (available > 0 && (share === 1 || rng.next() < share))
          negatives[at] = items[first + rng.integer(available)]!;
      }
      return negatives;
    },
  };
}

/** The low-rated items of each user that a training run may use. */
function collectLowRated(train: Interactions, maximum: number | undefined): SeenItems {
  const { catalogue, lowRated } = train;
  if (!lowRated)
    return invalid(
      'lowRatedNegatives',
      'ratings that a filter has set aside',
      'none',
      "Add the filter minimumRating({ rating, below: 'negatives' }).",
    );
  const rows = findUsableRows(train, lowRated, maximum);
  if (rows.length === 0)
    invalid(
      'lowRatedNegatives',
      'low ratings of training users, of items that they have not in train, no later than their last interaction there',
      `none of ${lowRated.users.length}`,
      "Check the minimum rating, or keep items that have only low ratings with minimumRating({ catalogue: 'whole' }).",
    );
  const pick = (column: Int32Array) => rows.map((row) => column[row]!);
  return collectSeenItems({ catalogue, users: pick(lowRated.users), items: pick(lowRated.items) });
}

function findUsableRows(train: Interactions, lowRated: LowRated, maximum = Infinity): Int32Array {
  const { users, items, ratings, timestamps } = lowRated;
  const most = Math.fround(maximum); // as ratings are stored
  const seen = collectSeenItems(train);
  const last = findLastTimes(train);
  return findRows(users.length, (row) => {
    const user = users[row]!;
    const isKnown = timestamps && train.timestamps ? timestamps[row]! <= last[user]! : last[user]! > -Infinity;
    return isKnown && ratings[row]! <= most && !hasSeen(seen, user, items[row]!);
  });
}

/** The time of the last training interaction of each user, −∞ for a user without one. */
function findLastTimes({ catalogue, users, timestamps }: Interactions): Float64Array {
  const last = new Float64Array(catalogue.userCount).fill(-Infinity);
  for (let row = 0; row < users.length; row++)
    last[users[row]!] = Math.max(last[users[row]!]!, timestamps ? timestamps[row]! : 0);
  return last;
}
