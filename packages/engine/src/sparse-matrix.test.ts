import { describe, expect, it } from 'vitest';
import { createSparseMatrix } from './sparse-matrix.js';

// 0 2 0 ½ 0
// 0 0 0 0 0
// −1 0 0 3 0
const rows = {
  offsets: Int32Array.of(0, 2, 2, 5),
  ids: Int32Array.of(1, 3, 0, 3, 3),
  weights: Float32Array.of(2, 0.5, -1, 1, 2),
};

describe('createSparseMatrix', () => {
  it('has the transpose', () => {
    expect(createSparseMatrix(rows, 5).columns).toEqual({
      offsets: Int32Array.of(0, 1, 2, 2, 5, 5),
      ids: Int32Array.of(2, 0, 0, 2, 2),
      weights: Float32Array.of(-1, 2, 0.5, 1, 2),
    });
  });

  it('refuses columns out of range, offsets that do not ascend and too few weights', () => {
    expect(() => createSparseMatrix(rows, 3)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createSparseMatrix(rows.ids): expected ids from 0 to 2, received 3 at position 1.]`,
    );
    expect(() =>
      createSparseMatrix({ offsets: Int32Array.of(0, 3, 2), ids: Int32Array.of(0, 1) }, 3),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createSparseMatrix(rows.offsets): expected 0, then ascending to the 2 entries, received [0, 3, 2].]`,
    );
    expect(() => createSparseMatrix({ ...rows, weights: Float32Array.of(1) }, 5)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createSparseMatrix(rows.weights): expected 5 numbers, one per entry, received 1.]`,
    );
    expect(() => createSparseMatrix(rows, 0)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createSparseMatrix(columnCount): expected a positive integer, received 0.]`,
    );
  });
});
