import { describe, expect, it } from 'vitest';
import { references } from '../fixtures/ranking.js';
import { mrr } from './mrr.js';
import { rankQuery } from './rank-query.js';
import { describeMetric } from './testing/index.js';

describeMetric('mrr', mrr());
describeMetric('mrr of the first hit', mrr({ over: 'first' }));

const query = { ranks: [0, 3], candidateCount: 7, relevantCount: 2 };

describe('mrr', () => {
  it('is the mean over all relevant items', () => expect(mrr().measure(query)).toBe((1 + 1 / 4) / 2));

  it("is the reciprocal of the best rank with over: 'first'", () => {
    expect(mrr({ over: 'first' }).measure({ ...query, ranks: [2, 3] })).toBe(1 / 3);
  });

  it('is H10 / 10 for an ideal list of ten relevant items', () => {
    const ranks = Array.from({ length: 10 }, (_, rank) => rank);
    expect(mrr().measure({ ranks, candidateCount: 1682, relevantCount: 10 })).toBeCloseTo(0.2929, 4);
  });

  it("uses the average rank of tied items with ties: 'average-rank'", () => {
    const tied = rankQuery({ scores: new Float32Array(7), relevant: [0] }); // ranks 0 to 6: 3 on average
    const ties = 'average-rank';
    expect([mrr({ ties }).measure(tied), mrr({ over: 'first', ties }).measure(tied)]).toEqual([1 / 4, 1 / 4]);
  });

  it('is the mean of the reciprocals of the places of tied items by default', () => {
    const tied = rankQuery({ scores: new Float32Array(4), relevant: [2] });
    expect(mrr().measure(tied)).toBeCloseTo((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4, 15);
  });

  it('includes relevant items that are not candidates in the denominator', () =>
    expect(mrr().measure({ ...query, relevantCount: 5 })).toBe(1.25 / 5));

  it("equals Spotlight's mrr_score, which ranks seen items last", () => {
    for (const { scores, relevant, excluded, mrrLast } of references) {
      const ranked = rankQuery({ scores: Float32Array.from(scores), relevant, excluded, excludedRank: 'last' });
      expect(mrr({ ties: 'average-rank' }).measure(ranked)).toBeCloseTo(mrrLast, 14);
    }
  });

  it('has its option in its name', () =>
    expect([mrr().name, mrr({ over: 'all' }).name, mrr({ over: 'first' }).name]).toEqual(['mrr', 'mrr', 'mrr(first)']));

  it('rejects other values of over', () => {
    expect(() => mrr({ over: 'last' as 'first' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: mrr(over): expected 'all' or 'first', received last.]`,
    );
  });
});
