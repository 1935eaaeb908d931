import { createRankMetric } from './create-rank-metric.js';
import { orderTies, type TieOptions } from './tie-rule.js';
import type { RankedQuery, RankMetric } from './types.js';

/**
 * Area under the ROC curve (AUC): the probability that a relevant item ranks above an irrelevant one.
 *
 * $$ \frac{1}{|R|\,|I|} \sum_{i \in R} \sum_{j \in I} \left( [r_i < r_j] + \tfrac{1}{2} [r_i = r_j] \right) $$
 *
 * R are the relevant items of the query, I the candidates that are not relevant, and r ranks, where a tie counts half,
 * which is its expected value. Relevant items that are not candidates rank below all candidates. From 0 to 1, on
 * average 0.5 for random scores; higher is better.
 *
 * @denominator relevant items, candidates or not, times irrelevant candidates; NaN if one of the two is 0
 * @throws {RecsysError} `invalid-argument` if `ties` is no rule
 * @example
 * auc().measure({ ranks: [1], candidateCount: 5, relevantCount: 1 }) // above 3 of 4: 0.75
 * @source Hanley and McNeil, Radiology 143 (1982), https://doi.org/10.1148/radiology.143.1.7063747
 */
export function auc({ ties }: TieOptions = {}): RankMetric {
  return createRankMetric({
    where: 'auc',
    name: 'auc',
    protocol: {},
    ...(ties && { ties }),
    measure: sharePairs,
    expect: (_, query) => sharePairs(orderTies(query, 'average-rank'), query),
  });
}

function sharePairs(ranks: ArrayLike<number>, { candidateCount, relevantCount }: RankedQuery): number {
  const reachable = ranks.length;
  const irrelevantCount = candidateCount - reachable;
  let below = 0; // candidates below each relevant item
  for (let i = 0; i < reachable; i++) below += candidateCount - 1 - ranks[i]!;
  const relevantBelow = (reachable * (reachable - 1)) / 2; // each pair of relevant items was counted once
  return (below - relevantBelow) / (relevantCount * irrelevantCount);
}
