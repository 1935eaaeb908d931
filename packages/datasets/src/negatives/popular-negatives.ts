import { assertChoice, assertInteger, assertNumber, createWeightedChoice, invalid } from '@footlight/core';
import { countKeys } from '../group-by.js';
import type { Interactions, NegativeSampler, Negatives } from '../types.js';
import { createLogProbabilities } from './log-probabilities.js';
import { formatDrawOptions, type Rejection } from './rejection.js';
import { collectSeenItems, hasSeen } from './seen-items.js';
import { type NegativesPer, shareNegatives } from './share-negatives.js';

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
  /**
   * Whether each query has negatives of its own, or all queries of a batch share them: their scores are then one matrix
   * product, and what a query rejects costs it nothing. Default `'query'`.
   */
  readonly per?: NegativesPer;
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
export function popularNegatives(options: PopularNegativesOptions): Negatives {
  const { count, exponent = 0.75, reject = 'positive', per = 'query' } = options;
  assertInteger('popularNegatives(count)', count);
  assertNumber('popularNegatives(exponent)', exponent, { from: 0 });
  assertChoice('popularNegatives(per)', per, ['query', 'batch']);
  const named = [`${count}${per === 'batch' ? ' per batch' : ''}`, `exponent ${exponent}`];
  return {
    name: `popular${formatDrawOptions(named, reject)}`,
    protocol: { name: 'popular', count, exponent, reject, ...(per === 'batch' && { per }) },
    count,
    prepare(train) {
      const counts = countKeys(train.items, train.catalogue.itemCount);
      const weights = Float64Array.from(counts, (frequency) => (frequency === 0 ? 0 : frequency ** exponent));
      const draw = createWeightedChoice(weights);
      if (per === 'batch') {
        const logs = weights.map(Math.log);
        const logTotal = Math.log(weights.reduce((sum, weight) => sum + weight, 0));
        return shareNegatives(train, {
          reject,
          draw: (_, __, rng) => Int32Array.from({ length: count }, () => draw(rng)),
          logProbabilities: (items) => Float32Array.from(items, (item) => logs[item]! - logTotal),
        });
      }
      const { length: drawable } = counts.filter((frequency) => frequency > 0);
      const rejection = createRejection(train, drawable, reject);
      return {
        sample: (users, positives, rng) => drawAll(users, positives, count, rejection.createTest, () => draw(rng)),
        logProbabilities: createPopularLogProbabilities(weights, rejection),
      };
    },
  };
}

/** The items that are rejected. */
interface RejectedItems {
  /** Creates the test of a query; throws if it would reject every item. */
  createTest(user: number, positive: number): (item: number) => boolean;
  /** The rejected items of a query. */
  list(user: number, positive: number): ArrayLike<number>;
}

function createRejection(train: Interactions, drawable: number, reject: Rejection): RejectedItems {
  if (reject === 'nothing') return { createTest: () => () => false, list: () => [] };
  if (reject === 'positive') {
    if (drawable < 2)
      invalid('popularNegatives', 'at least 2 items in train', drawable, 'The only item is the positive.');
    return { createTest: (_, positive) => (item) => item === positive, list: (_, positive) => [positive] };
  }
  const seen = collectSeenItems(train);
  const { offsets, items } = seen;
  return {
    createTest: (user) => {
      const unseen = drawable - (offsets[user + 1]! - offsets[user]!);
      if (unseen === 0) {
        const received = `none for user ${train.catalogue.userIds[user]}`;
        invalid('popularNegatives', 'at least one unseen item per user', received, "Try reject: 'positive'.");
      }
      return (item) => hasSeen(seen, user, item);
    },
    list: (user) => items.subarray(offsets[user], offsets[user + 1]),
  };
}

/** log (w / Σ w), where the sum leaves out the rejected items. */
function createPopularLogProbabilities(weights: Float64Array, { createTest, list }: RejectedItems) {
  const logs = weights.map(Math.log); // −∞ for items that are never drawn
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return createLogProbabilities((user, positive) => {
    const isRejected = createTest(user, positive);
    let left = total;
    for (const item of Array.from(list(user, positive))) left -= weights[item]!;
    const logTotal = Math.log(left);
    return (item) => (isRejected(item) ? -Infinity : logs[item]! - logTotal);
  });
}

function drawAll(
  users: Int32Array,
  positives: Int32Array,
  count: number,
  createTest: RejectedItems['createTest'],
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
