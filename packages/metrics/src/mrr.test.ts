import { describe, expect, it } from 'vitest';
import { references } from '../fixtures/ranking.js';
import { mrr } from './mrr.js';
import { rankQuery } from './rank-query.js';
import { describeMetric } from './testing/index.js';

describeMetric('mrr', mrr());
describeMetric('mrr of the first hit', mrr({ over: 'first' }));

const query = { ranks: [0, 3], averageRanks: [0, 3], candidateCount: 7, relevantCount: 2 };

describe('mrr', () => {
  it('is the mean over all relevant items', () => expect(mrr().measure(query)).toBe((1 + 1 / 4) / 2));

  it('is the best place alone where only the first counts', () => {
    expect(mrr({ over: 'first' }).measure({ ...query, averageRanks: [2, 3] })).toBe(1 / 3);
  });

  it('has a ceiling of H10 / 10 with ten relevant items', () => {
    const ranks = Array.from({ length: 10 }, (_, rank) => rank);
    expect(mrr().measure({ ranks, averageRanks: ranks, candidateCount: 1682, relevantCount: 10 })).toBeCloseTo(
      0.2929,
      4,
    );
  });

  it('counts ties by their average, never by their luckiest order', () => {
    const tied = rankQuery({ scores: new Float32Array(7), relevant: [0] }); // places 0 to 6: 3 on average
    expect([mrr().measure(tied), mrr({ over: 'first' }).measure(tied)]).toEqual([1 / 4, 1 / 4]);
  });

  it('divides by the items that cannot be reached too', () =>
    expect(mrr().measure({ ...query, relevantCount: 5 })).toBe(1.25 / 5));

  it('equals Spotlight, whose seen items are ranked last', () => {
    for (const { scores, relevant, excluded, mrrLast } of references) {
      const ranked = rankQuery({ scores: Float32Array.from(scores), relevant, excluded, excludedRank: 'last' });
      expect(mrr().measure(ranked)).toBeCloseTo(mrrLast, 14);
    }
  });

  it('names the two apart', () =>
    expect([mrr().name, mrr({ over: 'all' }).name, mrr({ over: 'first' }).name]).toEqual(['mrr', 'mrr', 'mrr(first)']));

  it('refuses a third definition', () => {
    expect(() => mrr({ over: 'last' as 'first' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: mrr(over): expected 'all' or 'first', received last.]`,
    );
  });
});
