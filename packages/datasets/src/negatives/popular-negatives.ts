import { assertInteger, createWeightedChoice, invalid } from '@footlight/core';
import { countKeys } from '../group-by-user.js';
import type { Interactions, NegativeSampler, Negatives } from '../types.js';
import { formatDrawOptions, type Rejection } from './rejection.js';
import { collectSeenItems, hasSeen } from './seen-items.js';

export interface PopularNegativesOptions {
  /** Negatives per query. */
  readonly count: number;
  /** Power of an item's count in train: 0 draws all items of train evenly, 1 as often as they occur. Default 0.75. */
  readonly exponent?: number;
  /** Default `positive`. */
  readonly reject?: Rejection;
}

/**
 * Items drawn the more often the more interactions they have in train, independently of each other.
 *
 * $$ P(n) \propto \text{count}(n)^\alpha \text{ for } n \notin R_q $$
 *
 * with $R_q$ what is rejected for the query. Rejected items are drawn again.
 *
 * @throws {RecsysError} `invalid-argument` if nothing is left to draw from
 * @source Mikolov et al., NeurIPS 2013, https://arxiv.org/abs/1310.4546 (the exponent)
 */
export function popularNegatives({ count, exponent = 0.75, reject = 'positive' }: PopularNegativesOptions): Negatives {
  assertInteger('popularNegatives(count)', count);
  if (!(exponent >= 0 && exponent < Infinity))
    invalid('popularNegatives(exponent)', 'a finite number of at least 0', exponent);
  return {
    name: `popular${formatDrawOptions([`${count}`, `exponent ${exponent}`], reject)}`,
    protocol: { name: 'popular', count, exponent, reject },
    count,
    prepare(train) {
      const counts = countKeys(train.items, train.catalogue.itemCount);
      const draw = createWeightedChoice(Float64Array.from(counts, (times) => (times === 0 ? 0 : times ** exponent)));
      const { length: drawable } = counts.filter((times) => times > 0);
      const isRejected = createRejection(train, drawable, reject);
      return { sample: (users, positives, rng) => drawAll(users, positives, count, isRejected, () => draw(rng)) };
    },
  };
}

/** For a query, which draws to throw away; refuses queries for which that would be all of them. */
type IsRejected = (user: number, positive: number) => (item: number) => boolean;

function createRejection(train: Interactions, drawable: number, reject: Rejection): IsRejected {
  if (reject === 'nothing') return () => () => false;
  if (reject === 'positive') {
    if (drawable < 2)
      invalid('popularNegatives', 'at least 2 items in train', drawable, 'The only item is the positive.');
    return (_, positive) => (item) => item === positive;
  }
  const seen = collectSeenItems(train);
  return (user) => {
    const unseen = drawable - (seen.offsets[user + 1]! - seen.offsets[user]!);
    if (unseen === 0) {
      const received = `none for user ${train.catalogue.userIds[user]}`;
      invalid('popularNegatives', 'at least one unseen item per user', received, "Try reject: 'positive'.");
    }
    return (item) => hasSeen(seen, user, item);
  };
}

function drawAll(
  users: Int32Array,
  positives: Int32Array,
  count: number,
  isRejected: IsRejected,
  draw: () => number,
): ReturnType<NegativeSampler['sample']> {
  const negatives = new Int32Array(positives.length * count); // [query, negative]
  for (let query = 0, at = 0; query < positives.length; query++) {
    const rejects = isRejected(users[query]!, positives[query]!);
    for (const end = at + count; at < end; at++) {
      let item = draw();
      while (rejects(item)) item = draw();
      negatives[at] = item;
    }
  }
  return negatives;
}
