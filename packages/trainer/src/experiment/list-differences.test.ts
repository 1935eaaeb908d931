import { describe, expect, it } from 'vitest';
import { listDifferences } from './list-differences.js';

describe('listDifferences', () => {
  it('names each path that differs, with both values', () => {
    const one = { split: { seed: 42 }, filters: [{ name: 'k-core' }], loss: 'bpr', same: [1] };
    const other = { split: { seed: 72 }, filters: [], loss: null, same: [1] };
    expect(listDifferences(one, other)).toEqual([
      'split.seed: 42 ≠ 72',
      'filters.0: {"name":"k-core"} ≠ absent',
      'loss: "bpr" ≠ null',
    ]);
    expect(listDifferences(one, { ...one })).toEqual([]);
  });
});
