import type { RankMetric } from './types.js';

/**
 * Area under the ROC curve: the chance that a relevant item stands above an irrelevant one; a tie counts half.
 *
 * $$ \frac{1}{|R|\,|I|} \sum_{i \in R} \sum_{j \in I} [r_i < r_j] + \tfrac{1}{2} [r_i = r_j] $$
 *
 * I are the candidates that are not relevant. Relevant items that were no candidates stand below all of them.
 *
 * @denominator relevant items, reachable or not, times irrelevant candidates; NaN if there are none of either
 * @example
 * auc().measure({ ranks: [1], averageRanks: [1], candidateCount: 5, relevantCount: 1 }) // beats 3 of 4: 0.75
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
      const relevantBelow = (reachable * (reachable - 1)) / 2; // every pair of relevant items was counted once
      return (below - relevantBelow) / (relevantCount * irrelevantCount);
    },
  };
}
