import { createRng } from '@footlight/core';
import { sumSparseRows, toSparseRows } from '@footlight/engine';
import { coverage, mrr, ndcg, sampled } from '@footlight/metrics';
import { describe, expect, it } from 'vitest';
import { createInteractions, createTablePredictor } from '../fixtures.js';
import { createCandidateSet } from './candidate-set.js';
import { evaluate } from './evaluate.js';

// Two users, five items, of which 1, 3 and 4 are candidates.
const history = createInteractions([[0, 4]], 2, 5);
const targets = createInteractions(
  [
    [0, 1],
    [1, 3],
  ],
  2,
  5,
);
const predictor = createTablePredictor([
  [9, 2, 8, 3, 7],
  [9, 5, 8, 4, 3],
]);
const candidateItems = Int32Array.of(1, 3, 4);

describe('evaluate with candidates', () => {
  it('ranks the candidates alone, without those of the history', async () => {
    const options = { metrics: [mrr(), ndcg({ at: 1 }), coverage({ at: 1 })], candidateItems };
    const { metrics } = await evaluate(predictor, { history, targets }, { ...options, train: history });
    // User 0 without item 4: 3 1; item 1 second. User 1: 1 3 4; item 3 second.
    expect([...metrics['mrr']!.values]).toEqual([1 / 2, 1 / 2]);
    expect(metrics['ndcg@1']!.mean).toBe(0);
    expect(metrics['coverage@1']!.mean).toBeCloseTo(2 / 5); // the best are items 3 and 1
    const included = await evaluate(predictor, { history, targets }, { ...options, train: history, seen: 'include' });
    expect([...included.metrics['mrr']!.values]).toEqual([1 / 3, 1 / 2]);
  });

  it('selects from a sparse table what it selects from its scores', () => {
    const sparseTable = { ...toSparseRows([[0, 1, 4], [2], [4, 3]]), weights: Float32Array.of(1, 2, 3, 4, 5, 6) };
    const scores = { bags: toSparseRows([[0, 2], [1], []]), sparseTable };
    const dense = { rows: sumSparseRows(scores, 5) };
    const candidates = createCandidateSet(5, candidateItems);
    const selected = candidates.selectScores(scores);
    expect('bags' in selected && { rows: sumSparseRows(selected, 3) }).toEqual(candidates.selectScores(dense));
    expect(candidates.selectScores(dense)).toEqual({ rows: Float32Array.of(2, 6, 8, 0, 0, 0, 0, 0, 0) });
  });

  it('samples among the candidates', async () => {
    const { metrics } = await evaluate(
      predictor,
      { history, targets },
      { metrics: [sampled(mrr(), { count: 200 })], candidateItems, rng: createRng(1) },
    );
    // Nearly all draws of 200 bring 3 and 4, or 1: about 133 better ones for user 0, and 67 for user 1
    for (const value of metrics[sampled(mrr(), { count: 200 }).name]!.values) expect(value).toBeLessThan(1 / 40);
  });

  it('refuses candidates that are none', () => {
    expect(() => createCandidateSet(5, Int32Array.of())).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: evaluate(candidateItems): expected at least one item, received none.]`,
    );
    expect(() => createCandidateSet(5, Int32Array.of(1, 5))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: evaluate(candidateItems): expected ids from 0 to 4, ascending, received 5 at position 1.]`,
    );
    expect(() => createCandidateSet(5, Int32Array.of(3, 1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: evaluate(candidateItems): expected ids from 0 to 4, ascending, received 1 at position 1.]`,
    );
  });

  it('selects the same from products as from scores', () => {
    const table = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10); // [5, 2]
    const { selectScores } = createCandidateSet(5, candidateItems);
    const vectors = Float32Array.of(1, 1);
    expect(selectScores({ vectors, table, bias: Float32Array.of(0, 1, 2, 3, 4) })).toEqual({
      vectors,
      table: Float32Array.of(3, 4, 7, 8, 9, 10),
      bias: Float32Array.of(1, 3, 4),
    });
    expect(selectScores({ rows: Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9) })).toEqual({
      rows: Float32Array.of(1, 3, 4, 6, 8, 9),
    });
  });
});
