import { assertChoice, assertInteger, assertNumber, createWeightedChoice, invalid } from '@footlight/core';
import { countKeys } from '../group-by.js';
import type { Negatives } from '../types.js';
import { formatDrawOptions } from './rejection.js';
import { shareNegatives } from './share-negatives.js';

/** Options of `inBatchNegatives`. */
export interface InBatchNegativesOptions {
  /** Negatives that are drawn beside the positives of the batch, from 0. Default 0. */
  readonly extra?: number;
  /**
   * Exponent of the count of an item in train for the extra negatives: 0 draws all items of train evenly, 1 in
   * proportion to their count. Default 0.75.
   */
  readonly exponent?: number;
  /** Items that are no negatives of a query: its positive, or all items of its user in train. Default `'positive'`. */
  readonly reject?: 'positive' | 'seen';
}

/**
 * In-batch negatives: the positives of all queries of a batch are the negatives of each other query, beside extra ones
 * that are drawn by popularity.
 *
 * $$ N_q = (p_1, \dots, p_B, n_1, \dots, n_E) \setminus R_q, \quad P(n_e = i) \propto \text{count}(i)^\alpha $$
 *
 * where $p_b$ are the positives of the B queries, E is `extra`, α the exponent and $R_q$ what is rejected: accidental
 * hits, which are the positive of the query itself. All queries share the negatives, so that their scores are one
 * matrix product, of B · (B + E) numbers.
 *
 * For corrections (`'log-q'`), an item is one of the negatives with the probability
 *
 * $$ Q(i) = \frac{B \, f(i) + E \, P(n_e = i)}{B + E} $$
 *
 * where f(i) is its share of the interactions in train.
 *
 * @example
 * inBatchNegatives({ extra: 2048, exponent: 0.5 }) // as GRU4Rec
 * @throws {RecsysError} `invalid-argument` if an option is out of range, or train has no interaction
 * @source Hidasi and Karatzoglou, CIKM 2018, https://arxiv.org/abs/1706.03847, §3.1; the correction: Yi et al., RecSys
 *   2019, https://doi.org/10.1145/3298689.3346996
 */
export function inBatchNegatives(options: InBatchNegativesOptions = {}): Negatives {
  const { extra = 0, exponent = 0.75, reject = 'positive' } = options;
  assertInteger('inBatchNegatives(extra)', extra, { minimum: 0 });
  assertNumber('inBatchNegatives(exponent)', exponent, { from: 0 });
  assertChoice('inBatchNegatives(reject)', reject, ['positive', 'seen']);
  const named = extra === 0 ? [] : [`extra ${extra}`, `exponent ${exponent}`];
  return {
    name: named.length === 0 && reject === 'positive' ? 'in-batch' : `in-batch${formatDrawOptions(named, reject)}`,
    protocol: { name: 'in-batch', extra, exponent, reject },
    count: extra,
    prepare(train) {
      if (train.items.length === 0) invalid('inBatchNegatives', 'at least one interaction in train', 'none');
      const counts = countKeys(train.items, train.catalogue.itemCount);
      const weights = Float64Array.from(counts, (frequency) => (frequency === 0 ? 0 : frequency ** exponent));
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      const choose = createWeightedChoice(weights);
      return shareNegatives(train, {
        reject,
        draw(_, positives, rng) {
          const items = new Int32Array(positives.length + extra);
          items.set(positives);
          for (let at = positives.length; at < items.length; at++) items[at] = choose(rng);
          return items;
        },
        logProbabilities(items) {
          const inBatch = Math.max(0, items.length - extra);
          return Float32Array.from(items, (item) => {
            const expected = (inBatch * counts[item]!) / train.items.length + (extra * weights[item]!) / total;
            return Math.log(expected / (inBatch + extra));
          });
        },
      });
    },
  };
}
