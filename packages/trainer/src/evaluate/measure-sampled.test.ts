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
});
