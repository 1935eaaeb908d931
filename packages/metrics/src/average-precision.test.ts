import { describe, expect, it } from 'vitest';
import { references } from '../fixtures/ranking.js';
import { averagePrecision } from './average-precision.js';
import { rankQuery } from './rank-query.js';
import { describeMetric } from './testing/index.js';

describeMetric('average-precision@10', averagePrecision({ at: 10 }));

const query = { ranks: [0, 2, 5], candidateCount: 7, relevantCount: 3 };

describe('averagePrecision', () => {
  it('is the mean of the precisions at the hits', () => {
    expect(averagePrecision({ at: 7 }).measure(query)).toBeCloseTo((1 / 1 + 2 / 3 + 3 / 6) / 3, 15);
  });

  it('divides by min(at, relevant)', () => {
    expect(averagePrecision({ at: 2 }).measure(query)).toBe(1 / 2); // one hit, at the top; two were possible
    expect(averagePrecision({ at: 7 }).measure({ ...query, relevantCount: 5 })).toBeCloseTo(
      (1 / 1 + 2 / 3 + 3 / 6) / 5,
      15,
    );
  });

  it("equals scikit-learn's average_precision_score without cut-off and ties", () => {
    const untied = references.filter(({ reachableMetrics }) => 'average-precision@31' in reachableMetrics);
    expect(untied).toHaveLength(4);
    for (const { scores, reachable, excluded, reachableMetrics } of untied) {
      const ranked = rankQuery({ scores: Float32Array.from(scores), relevant: reachable, excluded });
      expect(averagePrecision({ at: 31 }).measure(ranked)).toBeCloseTo(reachableMetrics['average-precision@31']!, 14);
    }
  });
});
