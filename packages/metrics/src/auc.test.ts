import { describe, expect, it } from 'vitest';
import { references } from '../fixtures/ranking.js';
import { auc } from './auc.js';
import { rankQuery } from './rank-query.js';
import { describeMetric } from './testing/index.js';

describeMetric('auc', auc());

const query = { ranks: [1, 3], candidateCount: 5, relevantCount: 2 };

describe('auc', () => {
  it('is the share of pairs in the right order', () => {
    // The irrelevant items have ranks 0, 2 and 4. Rank 1 is above two of them, rank 3 above one: 3 of 6 pairs.
    expect(auc().measure(query)).toBe(0.5);
  });

  it('counts a tie as half a pair', () => {
    // Scores 2 1 1 0; item 1 is below item 0, tied with item 2 and above item 3: (0 + ½ + 1) / 3.
    expect(auc().measure(rankQuery({ scores: Float32Array.of(2, 1, 1, 0), relevant: [1] }))).toBe(0.5);
    expect(auc().measure(rankQuery({ scores: new Float32Array(7), relevant: [0, 4] }))).toBe(0.5);
  });

  it('is NaN if every candidate is relevant', () => {
    expect(auc().measure({ ranks: [0, 1], candidateCount: 2, relevantCount: 2 })).toBeNaN();
  });

  it('ranks relevant items that are not candidates below all others', () =>
    expect(auc().measure({ ...query, relevantCount: 3 })).toBeCloseTo(3 / 9, 15));

  it("equals scikit-learn's roc_auc_score", () => {
    for (const { scores, reachable, excluded, reachableMetrics } of references) {
      const ranked = rankQuery({ scores: Float32Array.from(scores), relevant: reachable, excluded });
      expect(auc().measure(ranked)).toBeCloseTo(reachableMetrics.auc, 14);
    }
  });
});
