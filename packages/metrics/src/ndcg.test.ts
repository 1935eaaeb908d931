import { describe, expect, it } from 'vitest';
import { references } from '../fixtures/ranking.js';
import { ndcg } from './ndcg.js';
import { rankQuery } from './rank-query.js';
import { describeMetric } from './testing/index.js';

describeMetric('ndcg@10', ndcg({ at: 10 }));
describeMetric('ndcg@1', ndcg({ at: 1 }));

const at = (cutOff: number, ranks: number[], relevantCount = ranks.length) =>
  ndcg({ at: cutOff }).measure({ ranks, candidateCount: 31, relevantCount });

describe('ndcg', () => {
  it('discounts by the logarithm of the rank', () => expect(at(3, [1])).toBeCloseTo(1 / Math.log2(3), 15));

  it('divides by the gain of an ideal list of min(at, relevant) hits', () => {
    // Hits at 0 and 3 of 3 relevant: (1 + 1/log2(5)) / (1 + 1/log2(3) + 1/log2(4)) = 1.4307 / 2.1309
    expect(at(5, [0, 3, 7])).toBeCloseTo(0.6714, 4);
    // At 2, the ideal list has only two hits: 1 / (1 + 1/log2(3)) = 1 / 1.6309
    expect(at(2, [0, 3, 7])).toBeCloseTo(0.6131, 4);
  });

  it('includes relevant items that are not candidates in the ideal list', () =>
    expect(at(5, [0], 2)).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 15));

  it('does not count an item whose rank equals the cut-off', () => expect([at(3, [3]), at(3, [2])]).toEqual([0, 0.5]));

  it("equals scikit-learn's ndcg_score without ties", () => {
    const untied = references.filter(({ reachableMetrics }) => 'ndcg@7' in reachableMetrics);
    expect(untied).toHaveLength(4);
    for (const { scores, reachable, excluded, reachableMetrics } of untied) {
      const ranked = rankQuery({ scores: Float32Array.from(scores), relevant: reachable, excluded });
      expect(ndcg({ at: 7 }).measure(ranked)).toBeCloseTo(reachableMetrics['ndcg@7']!, 14);
    }
  });

  it('has its cut-off in its name', () => expect(ndcg({ at: 100 }).name).toBe('ndcg@100'));

  it('rejects a cut-off that is not a positive integer', () => {
    expect(() => ndcg({ at: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ndcg(at): expected a positive integer, received 0.]`,
    );
  });
});
