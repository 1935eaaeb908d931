import { assertChoice, assertInteger, invalid, type Rng } from '@footlight/core';
import type { Interactions, NegativeSampler, Negatives } from '../types.js';
import { createLogProbabilities } from './log-probabilities.js';
import { formatDrawOptions, type Rejection } from './rejection.js';
import { collectSeenItems, findUnseenItem, hasSeen } from './seen-items.js';
import { type NegativesPer, shareNegatives } from './share-negatives.js';

export interface UniformNegativesOptions {
  /** Negatives per query. */
  readonly count: number;
  /** Items that are never sampled. Default `positive`. */
  readonly reject?: Rejection;
  /**
   * Whether each query has negatives of its own, or all queries of a batch share them: their scores are then one matrix
   * product, and what a query rejects costs it nothing. Default `'query'`.
   */
  readonly per?: NegativesPer;
}

/**
 * Uniform negative sampling: items are drawn with equal probability, independently of each other, so that one may occur
 * twice.
 *
 * $$ n \sim U(I \setminus R_q) $$
 *
 * with $R_q$ the items that are rejected for the query. Each negative takes one random number: rejected items are
 * skipped by counting, not by drawing again.
 *
 * @throws {RecsysError} `invalid-argument` if every item is rejected
 * @source ours; `nothing` as in Spotlight, `sampling.py`, https://github.com/maciejkula/spotlight
 */
export function uniformNegatives({ count, reject = 'positive', per = 'query' }: UniformNegativesOptions): Negatives {
  assertInteger('uniformNegatives(count)', count);
  assertChoice('uniformNegatives(per)', per, ['query', 'batch']);
  return {
    name: `uniform${formatDrawOptions([`${count}${per === 'batch' ? ' per batch' : ''}`], reject)}`,
    protocol: { name: 'uniform', count, reject, ...(per === 'batch' && { per }) },
    count,
    prepare(train) {
      const { itemCount } = train.catalogue;
      const logAny = (items: Int32Array) => new Float32Array(items.length).fill(-Math.log(itemCount));
      if (per === 'batch')
        return shareNegatives(train, {
          reject,
          draw: (_, __, rng) => drawAny(count, itemCount, rng),
          logProbabilities: logAny,
        });
      if (reject === 'nothing')
        return {
          sample: (_, positives, rng) => drawAny(positives.length * count, itemCount, rng),
          logProbabilities: (_, __, items) => logAny(items),
        };
      if (itemCount < 2) invalid('uniformNegatives', 'at least 2 items', itemCount, 'The only item is the positive.');
      if (reject === 'positive')
        return {
          sample: (_, positives, rng) => drawOthers(positives, count, itemCount, rng),
          logProbabilities: createLogProbabilities((_, positive) => {
            const log = -Math.log(itemCount - 1);
            return (item) => (item === positive ? -Infinity : log);
          }),
        };
      return createUnseenSampler(train, count);
    },
  };
}

function drawAny(draws: number, itemCount: number, rng: Rng): Int32Array {
  return rng.integers(itemCount, new Int32Array(draws));
}

function drawOthers(positives: Int32Array, count: number, itemCount: number, rng: Rng): Int32Array {
  const negatives = rng.integers(itemCount - 1, new Int32Array(positives.length * count)); // [query, negative]
  for (let query = 0, at = 0; query < positives.length; query++) {
    const positive = positives[query]!;
    for (let k = 0; k < count; k++, at++) {
      const item = negatives[at]!;
      // item + 1 from the positive on, without a branch that would be mispredicted half of the time
      negatives[at] = item + 1 + ((item - positive) >> 31);
    }
  }
  return negatives;
}

function createUnseenSampler(train: Interactions, count: number): NegativeSampler {
  const { itemCount, userIds } = train.catalogue;
  const seen = collectSeenItems(train);
  return {
    sample(users, positives, rng) {
      const negatives = new Int32Array(positives.length * count); // [query, negative]
      for (let query = 0, at = 0; query < positives.length; query++) {
        const user = users[query]!;
        const unseen = itemCount - (seen.offsets[user + 1]! - seen.offsets[user]!);
        if (unseen === 0) {
          invalid(
            'uniformNegatives',
            'at least one unseen item per user',
            `none for user ${userIds[user]}`,
            "Try reject: 'positive'.",
          );
        }
        for (let k = 0; k < count; k++, at++) negatives[at] = findUnseenItem(seen, user, rng.integer(unseen));
      }
      return negatives;
    },
    logProbabilities: createLogProbabilities((user) => {
      const log = -Math.log(itemCount - (seen.offsets[user + 1]! - seen.offsets[user]!));
      return (item) => (hasSeen(seen, user, item) ? -Infinity : log);
    }),
  };
}
