import { assertCutOff, type CutOff } from './count-hits.js';
import { createRankMetric } from './create-rank-metric.js';
import { createPrefixSums } from './prefix-sums.js';
import type { TieOptions } from './tie-rule.js';
import type { RankMetric } from './types.js';

/**
 * Normalized discounted cumulative gain (NDCG): the gain of the relevant items among the first k, discounted by rank.
 *
 * $$ \frac{\sum_{i \in R,\, r_i < k} 1 / \log_2(r_i + 2)}{\sum_{r < \min(k, |R|)} 1 / \log_2(r + 2)} $$
 *
 * R are the relevant items of the query, r their ranks from 0, and k is `at`; relevance is binary. The expected value
 * over ties gives each place of a group with m relevant items of g the gain m / g.
 *
 * From 0 to 1; higher is better.
 *
 * @denominator the gain of an ideal list, which has min(at, relevant items) hits at its top, candidates or not; NaN if
 *   no item is relevant
 * @throws {RecsysError} `invalid-argument` if `at` is not a positive integer, or if `ties` is no rule
 * @example
 * const query = { ranks: [1], candidateCount: 5, relevantCount: 1 };
 * ndcg({ at: 3 }).measure(query) // 1 / log2(3) ≈ 0.631
 * @source Järvelin and Kekäläinen, ACM TOIS 20 (2002), https://doi.org/10.1145/582415.582418
 */
export function ndcg({ at, ties }: CutOff & TieOptions): RankMetric {
  assertCutOff('ndcg', at);
  const ideal = (relevantCount: number) => sumDiscounts(Math.min(at, relevantCount));
  return createRankMetric({
    where: 'ndcg',
    name: `ndcg@${at}`,
    protocol: { at, discount: 'log2' },
    ...(ties && { ties }),
    measure(ranks, { relevantCount }) {
      let gain = 0;
      for (let i = 0; i < ranks.length && ranks[i]! < at; i++) gain += computeDiscount(ranks[i]!);
      return gain / ideal(relevantCount);
    },
    expect(groups, { relevantCount }) {
      let gain = 0;
      for (const { start, end, relevant } of groups)
        if (start < at) gain += (relevant / (end - start)) * (sumDiscounts(Math.min(end, at)) - sumDiscounts(start));
      return gain / ideal(relevantCount);
    },
  });
}

function computeDiscount(rank: number): number {
  return 1 / Math.log2(rank + 2);
}

const sumDiscounts = createPrefixSums(computeDiscount);
