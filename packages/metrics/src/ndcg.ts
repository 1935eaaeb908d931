import { assertCutOff, type CutOff } from './count-hits.js';
import type { RankMetric } from './types.js';

/**
 * Normalized discounted cumulative gain (NDCG): the gain of the relevant items among the first k, discounted by rank.
 *
 * $$ \frac{\sum_{i \in R,\, r_i < k} 1 / \log_2(r_i + 2)}{\sum_{r < \min(k, |R|)} 1 / \log_2(r + 2)} $$
 *
 * R are the relevant items of the query, r their ranks from 0, and k is `at`; relevance is binary.
 *
 * From 0 to 1; higher is better.
 *
 * @denominator the gain of an ideal list, which has min(at, relevant items) hits at its top, candidates or not; NaN if
 *   no item is relevant
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer
 * @example
 * const query = { ranks: [1], averageRanks: [1], candidateCount: 5, relevantCount: 1 };
 * ndcg({ at: 3 }).measure(query) // 1 / log2(3) ≈ 0.631
 * @source Järvelin and Kekäläinen, ACM TOIS 20 (2002), https://doi.org/10.1145/582415.582418
 */
export function ndcg({ at }: CutOff): RankMetric {
  const ideal = createIdealGains(assertCutOff('ndcg', at));
  return {
    kind: 'rank',
    name: `ndcg@${at}`,
    protocol: { at, discount: 'log2', ties: 'lower id first' },
    measure({ ranks, relevantCount }) {
      let gain = 0;
      for (let i = 0; i < ranks.length && ranks[i]! < at; i++) gain += computeDiscount(ranks[i]!);
      return gain / ideal(relevantCount); // 0 / 0 = NaN
    },
  };
}

function computeDiscount(rank: number): number {
  return 1 / Math.log2(rank + 2);
}

/**
 * Creates a function that returns the gain of an ideal list. It computes sums on demand, so that a large `at` takes no
 * time.
 */
function createIdealGains(at: number): (relevantCount: number) => number {
  const sums = [0];
  return (relevantCount) => {
    const hits = Math.min(at, relevantCount);
    while (sums.length <= hits) sums.push(sums.at(-1)! + computeDiscount(sums.length - 1));
    return sums[hits]!;
  };
}
