import { assertInteger, assertNumber, createWeightedChoice, invalid } from '@footlight/core';
import { countKeys } from '../group-by.js';
import type { Interactions, NegativeSampler, Negatives } from '../types.js';
import { formatDrawOptions, type Rejection } from './rejection.js';
import { collectSeenItems, hasSeen } from './seen-items.js';

export interface PopularNegativesOptions {
  /** Negatives per query. */
  readonly count: number;
  /**
   * Exponent of the count of an item in train: 0 draws all items of train evenly, 1 in proportion to their count.
   * Default 0.75.
   */
  readonly exponent?: number;
  /** Items that are never sampled. Default `positive`. */
  readonly reject?: Rejection;
}

/**
 * Popularity-based negative sampling: items are drawn independently, in proportion to a power of their count in train.
 *
 * $$ P(n) \propto \text{count}(n)^\alpha \text{ for } n \notin R_q $$
 *
 * with $R_q$ the items that are rejected for the query. A rejected item is drawn again.
 *
 * @throws {RecsysError} `invalid-argument` if every item is rejected
 * @source Mikolov et al., NeurIPS 2013, https://arxiv.org/abs/1310.4546 (the exponent)
 */
export function popularNegatives({ count, exponent = 0.75, reject = 'positive' }: PopularNegativesOptions): Negatives {
  assertInteger('popularNegatives(count)', count);
  assertNumber('popularNegatives(exponent)', exponent, { from: 0 });
  return {
    name: `popular${formatDrawOptions([`${count}`, `exponent ${exponent}`], reject)}`,
    protocol: { name: 'popular', count, exponent, reject },
    count,
    prepare(train) {
      const counts = countKeys(train.items, train.catalogue.itemCount);
      const draw = createWeightedChoice(
        Float64Array.from(counts, (frequency) => (frequency === 0 ? 0 : frequency ** exponent)),
      );
      const { length: drawable } = counts.filter((frequency) => frequency > 0);
      const createTest = createRejection(train, drawable, reject);
      return { sample: (users, positives, rng) => drawAll(users, positives, count, createTest, () => draw(rng)) };
    },
  };
}

/** Creates the test of a query; throws if it would reject every item. */
type CreateTest = (user: number, positive: number) => (item: number) => boolean;

function createRejection(train: Interactions, drawable: number, reject: Rejection): CreateTest {
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
  createTest: CreateTest,
  draw: () => number,
): ReturnType<NegativeSampler['sample']> {
  const negatives = new Int32Array(positives.length * count); // [query, negative]
  for (let query = 0, at = 0; query < positives.length; query++) {
    const isRejected = createTest(users[query]!, positives[query]!);
    for (const end = at + count; at < end; at++) {
      let item = draw();
      while (isRejected(item)) item = draw();
      negatives[at] = item;
    }
  }
  return negatives;
}
