import { assertCutOff, type CutOff, countHits } from './count-hits.js';
import type { RankMetric } from './types.js';

/**
 * Precision: the share of the first k items that are relevant.
 *
 * $$ \frac{|\{i \in R : r_i < k\}|}{k} $$
 *
 * R are the relevant items of the query, r their ranks from 0, and k is `at`.
 *
 * From 0 to 1; higher is better.
 *
 * @denominator `at`, even if fewer items are relevant or fewer candidates exist; NaN if no item is relevant
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer
 * @example
 * precision({ at: 5 }).measure({ ranks: [1, 2], averageRanks: [1, 2], candidateCount: 7, relevantCount: 2 }) // 2/5
 * @source Manning et al., Introduction to Information Retrieval (2008), chapter 8
 */
export function precision({ at }: CutOff): RankMetric {
  assertCutOff('precision', at);
  return {
    kind: 'rank',
    name: `precision@${at}`,
    protocol: { at, ties: 'lower id first' },
    measure: (query) => (query.relevantCount === 0 ? Number.NaN : countHits(query, at) / at),
  };
}
