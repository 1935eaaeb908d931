import { describe, expect, it } from 'vitest';
import { createScoreLookup } from './measure-sampled.js';

describe('scoreOf', () => {
  it('reads a score, or makes it of its parts', () => {
    // Queries (1, 2) and (3, 5); items (1, 0), (0, 1), (1, 1) with biases 0, 7, 11.
    const parts = {
      vectors: Float32Array.of(1, 2, 3, 5),
      table: Float32Array.of(1, 0, 0, 1, 1, 1),
      bias: Float32Array.of(0, 7, 11),
    };
    const rows = Float32Array.of(1, 2 + 7, 3 + 11, 3, 5 + 7, 8 + 11);
    const all = (of: ReturnType<typeof createScoreLookup>) =>
      [0, 1].flatMap((query) => [0, 1, 2].map((item) => of(query, item)));
    expect(all(createScoreLookup(parts, 3))).toEqual([...rows]);
    expect(all(createScoreLookup({ rows }, 3))).toEqual([...rows]);
    const { bias: _, ...unbiased } = parts;
    expect(all(createScoreLookup(unbiased, 3))).toEqual([1, 2, 3, 3, 5, 8]);
  });
});
