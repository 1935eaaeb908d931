import type { Batch } from '@footlight/datasets';
import { describe, expect, it } from 'vitest';
import { countQueries, selectQueries } from './select-queries.js';

// Two rows of three steps; two steps of the first row are padding.
const batch: Batch = {
  time: 3,
  users: Int32Array.of(4, 6),
  history: Int32Array.of(0, 0, 2, 3, 4, 5),
  targets: Int32Array.of(9, 9, 2, 3, 4, 5),
  mask: Float32Array.of(0, 0, 1, 1, 1, 1),
  ratings: Float32Array.of(9, 9, 2, 3, 4, 5),
  weights: Float32Array.of(9, 9, 0, 1, 2, 3),
};

describe('selectQueries', () => {
  it('selects the columns of real queries, with their users', () => {
    expect(selectQueries(batch)).toEqual({
      positions: Int32Array.of(2, 3, 4, 5),
      users: Int32Array.of(4, 6, 6, 6),
      targets: Int32Array.of(2, 3, 4, 5),
      ratings: Float32Array.of(2, 3, 4, 5),
      weights: Float32Array.of(0, 1, 2, 3),
    });
    expect(countQueries(batch)).toBe(6);
  });

  it('goes by the mask of the targets where there is one', () => {
    const { positions, users } = selectQueries({ ...batch, targetMask: Float32Array.of(0, 1, 1, 1, 1, 1) });
    expect([positions, users]).toEqual([Int32Array.of(1, 2, 3, 4, 5), Int32Array.of(4, 4, 6, 6, 6)]);
  });

  it('copies nothing and has no positions where all are real', () => {
    const { weights: _, ...whole } = { ...batch, mask: new Float32Array(6).fill(1) };
    const queries = selectQueries(whole);
    expect(queries.positions).toBeUndefined();
    expect(queries.targets).toBe(whole.targets);
    expect(countQueries(whole)).toBe(6);
  });

  it('has the users of rows where only the last step has a target', () => {
    const last = { ...batch, lastStepOnly: true, targets: Int32Array.of(2, 5), targetMask: Float32Array.of(0, 1) };
    const { ratings: _, weights: __, ...rest } = last;
    expect(selectQueries(rest)).toEqual({
      positions: Int32Array.of(1),
      users: Int32Array.of(6),
      targets: Int32Array.of(5),
    });
  });
});
