import { assertCutOff, type CutOff, countHits } from './count-hits.js';
import type { RankMetric } from './types.js';

/**
 * Precision: how much of a list of k items is relevant.
 *
 * $$ \frac{|\{i \in R : r_i < k\}|}{k} $$
 *
 * @denominator `at`, even where fewer items are relevant or fewer candidates exist
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
