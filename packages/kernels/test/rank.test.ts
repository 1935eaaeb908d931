import type { RankScoresOptions, RankTargetsOptions } from '@footlight/kernels';
import { describe, expect, it } from 'vitest';
import { isCompiled, kernels } from './compiled.js';

const f = (length: number) => new Float32Array(length);
const i = (...values: number[]) => Int32Array.of(...values);
const allocateOutputs = (entries: number, queries: number, top: number) => ({
  outRanks: new Int32Array(entries),
  outBestRanks: new Int32Array(entries),
  outWorstRanks: new Int32Array(entries),
  outFound: new Int32Array(queries),
  outCandidateCounts: new Int32Array(queries),
  outTop: new Int32Array(queries * top),
});

/** Options of a ranking of one query without seen or relevant items, of which some are replaced. */
const createRanking = (more: Partial<RankScoresOptions> = {}): RankScoresOptions => {
  const ranking = { queryCount: 1, itemCount: 3, scores: f(3), top: 0, ...more };
  return {
    ...{ seenOffsets: i(0, 0), seenIds: i(), relevantOffsets: i(0, 0), relevantIds: i() },
    ...allocateOutputs(0, ranking.queryCount, ranking.top),
    ...ranking,
  };
};
const createProduct = (more: Partial<RankTargetsOptions> = {}): RankTargetsOptions => {
  const { scores: _, ...ranking } = createRanking();
  return { ...ranking, vectors: f(2), table: f(6), dim: 2, ...more };
};

describe.skipIf(!isCompiled)('rankings', () => {
  it('have the ranks of targets among unseen items, and the best items', () => {
    // Scores 3 1 2 3 with item 0 seen: 3 (3.), 2 (2.), 1 (1.).
    const out = { ...allocateOutputs(2, 1, 3), outTopScores: f(3) };
    const wrongItem = kernels.rankScores({
      ...{ scores: Float32Array.of(3, 1, 2, 3), queryCount: 1, itemCount: 4, top: 3 },
      ...{ seenOffsets: i(0, 1), seenIds: i(0), relevantOffsets: i(0, 2), relevantIds: i(1, 3) },
      ...out,
    });
    const lists = Object.values(out).map((values) => [...values]);
    expect([wrongItem, ...lists]).toEqual([-1, [0, 2], [0, 2], [0, 2], [2], [3], [3, 2, 1], [3, 2, 1]]);
  });

  it('report an item with the score NaN', () => {
    const scores = Float32Array.of(3, Number.NaN);
    expect(kernels.rankScores(createRanking({ scores, itemCount: 2, top: 1 }))).toBe(1);
  });

  const twoQueries = { scores: f(6), queryCount: 2, relevantOffsets: i(0, 0, 0) };
  it.each<[string, () => unknown]>([
    [
      'a seen item beyond the catalogue',
      () => kernels.rankScores(createRanking({ seenOffsets: i(0, 1), seenIds: i(3) })),
    ],
    [
      'a target below 0',
      () =>
        kernels.rankScores(
          createRanking({ relevantOffsets: i(0, 1), relevantIds: i(-1), ...allocateOutputs(1, 1, 0) }),
        ),
    ],
    ['offsets beyond the ids', () => kernels.rankScores(createRanking({ seenOffsets: i(0, 2), seenIds: i(1) }))],
    [
      'descending offsets',
      () => kernels.rankScores(createRanking({ ...twoQueries, seenOffsets: i(0, 2, 1), seenIds: i(1) })),
    ],
    ['too few offsets', () => kernels.rankScores(createRanking({ ...twoQueries, seenOffsets: i(0, 0) }))],
    ['scores of another shape', () => kernels.rankScores(createRanking({ scores: f(4) }))],
    ['lists longer than the catalogue', () => kernels.rankScores(createRanking({ top: 4 }))],
    [
      'an output that is too long for the scores of the lists',
      () => kernels.rankScores(createRanking({ top: 3, outTopScores: f(4) })),
    ],
    ['an output that is too short for the lists', () => kernels.rankScores(createRanking({ top: 3, outTop: i(0, 0) }))],
    [
      'an output that is too short for the ranks',
      () => kernels.rankScores(createRanking({ relevantOffsets: i(0, 1), relevantIds: i(1) })),
    ],
    ['no items', () => kernels.rankScores(createRanking({ scores: f(0), itemCount: 0 }))],
    ['vectors of another length', () => kernels.rankTargets(createProduct({ vectors: f(3) }))],
    ['a table of another length', () => kernels.rankTargets(createProduct({ table: f(5) }))],
    ['a wrong number of biases', () => kernels.rankTargets(createProduct({ bias: f(2) }))],
  ])('refuse %s', (_, call) => expect(call).toThrowErrorMatchingSnapshot());
});
