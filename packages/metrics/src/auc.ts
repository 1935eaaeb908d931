import type { RankMetric } from './types.js';

/**
 * Area under the ROC curve (AUC): the probability that a relevant item ranks above an irrelevant one.
 *
 * $$ \frac{1}{|R|\,|I|} \sum_{i \in R} \sum_{j \in I} \left( [r_i < r_j] + \tfrac{1}{2} [r_i = r_j] \right) $$
 *
 * R are the relevant items of the query, I the candidates that are not relevant, and r average ranks, so that a tie
 * counts half. Relevant items that are not candidates rank below all candidates. From 0 to 1, on average 0.5 for random
 * scores; higher is better.
 *
 * @denominator relevant items, candidates or not, times irrelevant candidates; NaN if one of the two is 0
 * @example
 * auc().measure({ ranks: [1], averageRanks: [1], candidateCount: 5, relevantCount: 1 }) // above 3 of 4: 0.75
 * @source Hanley and McNeil, Radiology 143 (1982), https://doi.org/10.1148/radiology.143.1.7063747
 */
export function auc(): RankMetric {
  return {
    kind: 'rank',
    name: 'auc',
    protocol: { ties: 'half' },
    measure({ averageRanks, candidateCount, relevantCount }) {
      const reachable = averageRanks.length;
      const irrelevantCount = candidateCount - reachable;
      let below = 0; // candidates below each relevant item, ties as halves
      for (let i = 0; i < reachable; i++) below += candidateCount - 1 - averageRanks[i]!;
      const relevantBelow = (reachable * (reachable - 1)) / 2; // each pair of relevant items was counted once
      return (below - relevantBelow) / (relevantCount * irrelevantCount);
    },
  };
}
