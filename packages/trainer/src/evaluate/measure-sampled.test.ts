import { toSparseRows } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { createScoreLookup } from './measure-sampled.js';

describe('createScoreLookup', () => {
  it('reads a score, or multiplies its factors', () => {
    // Queries (1, 2) and (3, 5); items (1, 0), (0, 1), (1, 1) with biases 0, 7, 11.
    const factors = {
      vectors: Float32Array.of(1, 2, 3, 5),
      table: Float32Array.of(1, 0, 0, 1, 1, 1),
      bias: Float32Array.of(0, 7, 11),
    };
    const rows = Float32Array.of(1, 2 + 7, 3 + 11, 3, 5 + 7, 8 + 11);
    const readAll = (lookUp: ReturnType<typeof createScoreLookup>) =>
      [0, 1].flatMap((query) => [0, 1, 2].map((item) => lookUp(query, item)));
    expect(readAll(createScoreLookup(factors, 3))).toEqual([...rows]);
    expect(readAll(createScoreLookup({ rows }, 3))).toEqual([...rows]);
    const { bias: _, ...unbiased } = factors;
    expect(readAll(createScoreLookup(unbiased, 3))).toEqual([1, 2, 3, 3, 5, 8]);
  });

  it('adds the rows of a sparse table for the queries that are read, in any order', () => {
    // Rows: item 0 weighs 2 and item 2 weighs 3; item 2 weighs 5; none.
    const sparseTable = { ...toSparseRows([[0, 2], [2], []]), weights: Float32Array.of(2, 3, 5) };
    const bags = { ...toSparseRows([[0, 1], [], [1, 2]]), weights: Float32Array.of(1, 10, 7, 1) };
    const lookUp = createScoreLookup({ bags, sparseTable }, 4);
    const reads = [2, 0, 1, 0].map((query) => [0, 1, 2, 3].map((item) => lookUp(query, item)));
    expect(reads).toEqual([
      [0, 0, 7 * 5, 0],
      [2, 0, 3 + 10 * 5, 0],
      [0, 0, 0, 0],
      [2, 0, 3 + 10 * 5, 0],
    ]);
    expect(createScoreLookup({ bags: toSparseRows([[0], [1, 1]]), sparseTable }, 3)(1, 2)).toBe(10);
  });
});
