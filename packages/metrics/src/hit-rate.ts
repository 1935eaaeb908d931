import { assertCutOff, type CutOff, countHits } from './count-hits.js';
import type { RankMetric } from './types.js';

/**
 * Hit rate: 1 if at least one relevant item is among the first k, else 0.
 *
 * $$ [\min_{i \in R} r_i < k] $$
 *
 * R are the relevant items of the query, r their ranks from 0, and k is `at`.
 *
 * 0 or 1 for each query; higher is better.
 *
 * @denominator none; NaN if no item is relevant
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer
 * @example
 * hitRate({ at: 2 }).measure({ ranks: [1, 4], averageRanks: [1, 4], candidateCount: 7, relevantCount: 2 }) // 1
 * @source Deshpande and Karypis, ACM TOIS 22 (2004), https://doi.org/10.1145/963770.963776
 */
export function hitRate({ at }: CutOff): RankMetric {
  assertCutOff('hitRate', at);
  return {
    kind: 'rank',
    name: `hit-rate@${at}`,
    protocol: { at, ties: 'lower id first' },
    measure: (query) => (query.relevantCount === 0 ? Number.NaN : Math.min(1, countHits(query, at))),
  };
}
