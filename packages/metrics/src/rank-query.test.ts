import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { references } from '../fixtures/ranking.js';
import { type RankQueryOptions, rankQuery } from './rank-query.js';

/** Ranks by the definition, in quadratic time. */
function rankByDefinition({ scores, relevant, excluded = [], excludedRank = 'none' }: RankQueryOptions) {
  const hidden = new Set(Array.from(excluded));
  const candidates = [...scores.keys()].filter((item) => excludedRank === 'last' || !hidden.has(item));
  const toKey = (item: number) => (hidden.has(item) ? [0, 0] : [1, scores[item]!]) as [number, number];
  const compare = (a: number, b: number) =>
    toKey(b)[0] - toKey(a)[0] || Number(toKey(b)[1] > toKey(a)[1]) - Number(toKey(b)[1] < toKey(a)[1]);
  const reachable = Array.from(relevant).filter((item) => candidates.includes(item));
  const found = reachable.map((item) => {
    const higher = candidates.filter((other) => compare(other, item) < 0).length;
    const equal = candidates.filter((other) => compare(other, item) === 0);
    return {
      rank: higher + equal.filter((other) => other < item).length,
      best: higher,
      worst: higher + equal.length - 1,
    };
  });
  found.sort((a, b) => a.rank - b.rank);
  return {
    ranks: Int32Array.from(found, ({ rank }) => rank),
    bestRanks: Int32Array.from(found, ({ best }) => best),
    worstRanks: Int32Array.from(found, ({ worst }) => worst),
    candidateCount: candidates.length,
    relevantCount: relevant.length,
  };
}

describe('rankQuery', () => {
  it('ranks items with equal scores by id, and finds the first and the last rank of each group', () => {
    // Descending: item 1 (3), then 2 and 3 (2 each), then 0 (1). Items 2 and 3 share the ranks 1 and 2.
    expect(rankQuery({ scores: Float32Array.of(1, 3, 2, 2), relevant: [0, 3] })).toEqual({
      ranks: Int32Array.of(2, 3),
      bestRanks: Int32Array.of(1, 3),
      worstRanks: Int32Array.of(2, 3),
      candidateCount: 4,
      relevantCount: 2,
    });
  });

  it('leaves out excluded items, including relevant ones', () => {
    // Without 1 and 4: 2 (2), 3 (2), 0 (1). Item 4 is relevant but cannot be reached.
    expect(rankQuery({ scores: Float32Array.of(1, 3, 2, 2, 9), relevant: [4, 0], excluded: [1, 4, 1] })).toEqual({
      ranks: Int32Array.of(2),
      bestRanks: Int32Array.of(2),
      worstRanks: Int32Array.of(2),
      candidateCount: 3,
      relevantCount: 2,
    });
  });

  it("ranks excluded items last with excludedRank: 'last', below −∞ and tied", () => {
    // 3 (2), 0 (1), 2 (−∞), then 1 and 4 share the ranks 3 and 4.
    const scores = Float32Array.of(1, 3, -Infinity, 2, 9);
    expect(rankQuery({ scores, relevant: [4, 2], excluded: [1, 4], excludedRank: 'last' })).toEqual({
      ranks: Int32Array.of(2, 4),
      bestRanks: Int32Array.of(2, 3),
      worstRanks: Int32Array.of(2, 4),
      candidateCount: 5,
      relevantCount: 2,
    });
  });

  it.each(['none', 'last'] as const)('equals scipy.stats.rankdata with excluded items ranked %s', (excludedRank) => {
    for (const { scores, relevant, excluded, ...expected } of references) {
      const { ranks, bestRanks, worstRanks } = rankQuery({
        scores: Float32Array.from(scores),
        relevant,
        excluded,
        excludedRank,
      });
      const averageRanks = Array.from(bestRanks, (best, i) => (best + worstRanks[i]!) / 2);
      expect({ ranks: [...(ranks as Int32Array)], averageRanks }).toEqual(expected[excludedRank]);
    }
  });

  it('equals the definition on random queries, with and without ties', () => {
    const rng = createRng(1);
    for (let trial = 0; trial < 400; trial++) {
      const itemCount = 1 + rng.integer(61);
      const levels = [1, 3, 11, 2 ** 20][trial % 4]!;
      const scores = Float32Array.from({ length: itemCount }, () => rng.integer(levels) * 0.1 - 1);
      const ids = rng.shuffle(Int32Array.from({ length: itemCount }, (_, item) => item));
      const relevant = ids.slice(0, rng.integer(itemCount + 1));
      const excluded = rng.shuffle(ids.slice()).slice(0, rng.integer(itemCount + 1));
      const options = { scores, relevant, excluded, excludedRank: trial % 3 ? 'none' : 'last' } as const;
      expect(rankQuery(options)).toEqual(rankByDefinition(options));
    }
  });

  it('distinguishes scores that are very close or very far apart', () => {
    const extremes = Float64Array.of(
      0,
      5e-324,
      1e308,
      -1e308,
      Infinity,
      -Infinity,
      1,
      1 + 2 ** -52,
      -0,
      1e308,
      -5e-324,
      Infinity,
    );
    const everyItem = extremes.map((_, item) => item);
    for (let size = 1; size <= extremes.length; size++) {
      for (let start = 0; start + size <= extremes.length; start++) {
        const options = { scores: extremes, relevant: everyItem.slice(start, start + size) };
        expect(rankQuery(options)).toEqual(rankByDefinition(options));
      }
    }
  });

  it('returns no ranks if no item is relevant', () => {
    expect(rankQuery({ scores: Float32Array.of(1, 2), relevant: [] })).toMatchObject({
      candidateCount: 2,
      relevantCount: 0,
    });
  });

  it('rejects NaN, and works after an error', () => {
    const scores = Float32Array.of(1, Number.NaN, 2);
    expect(() => rankQuery({ scores, relevant: [0], excluded: [2] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankQuery(scores): expected a number for every item, received NaN for item 1. Did the training diverge?]`,
    );
    expect(() => rankQuery({ scores, relevant: [] })).toThrow('NaN for item 1');
    const { ranks } = rankQuery({ scores: Float32Array.of(1, 5, 2), relevant: [0] });
    expect(ranks).toEqual(Int32Array.of(2)); // all flags are 0 again
  });

  it('rejects ids that are not in the catalogue, and relevant items that are given twice', () => {
    const scores = Float32Array.of(1, 2, 3);
    expect(() => rankQuery({ scores, relevant: [3] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankQuery(relevant): expected ids from 0 to 2, received 3.]`,
    );
    expect(() => rankQuery({ scores, relevant: [0], excluded: [-1] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankQuery(excluded): expected ids from 0 to 2, received -1.]`,
    );
    expect(() => rankQuery({ scores, relevant: [1, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rankQuery(relevant): expected every item once, received item 1 again.]`,
    );
    expect(() => rankQuery({ scores, relevant: [1, 1], excluded: [1] })).toThrow('item 1 again');
  });
});
