import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { drawLists, drawSkewedIds, itemPopularity } from './random-data.js';

describe('drawSkewedIds', () => {
  it('draws some ids far more often than others', () => {
    const counts = new Int32Array(1009);
    for (const id of drawSkewedIds(createRng(7), 100_000, counts.length, itemPopularity)) counts[id]! += 1;
    const sorted = counts.toSorted();
    expect(sorted.at(-1)! / sorted[504]!).toBeGreaterThan(5);
  });
});

describe('drawLists', () => {
  it('draws distinct ids for each list', () => {
    const { offsets, ids } = drawLists(createRng(7), 3, 50, 97);
    expect(offsets.at(-1)).toBe(ids.length);
    for (let list = 0; list < 3; list++) {
      const own = ids.subarray(offsets[list], offsets[list + 1]);
      expect(new Set(own).size).toBe(own.length);
    }
  });
});
