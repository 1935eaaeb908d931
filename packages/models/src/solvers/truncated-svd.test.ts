import { createRng } from '@footlight/core';
import { createSparseMatrix } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { expect, it } from 'vitest';
import { truncatedSvd } from './truncated-svd.js';

/** Runs to the end. @returns vectors `[column, count]` as lists, one per vector */
function decompose(rows: readonly (readonly number[])[], count: number): number[][] {
  const columnCount = rows[0]!.length;
  const matrix = createSparseMatrix(
    {
      offsets: Int32Array.from({ length: rows.length + 1 }, (_, row) => row * columnCount),
      ids: Int32Array.from({ length: rows.length * columnCount }, (_, at) => at % columnCount),
      weights: Float32Array.from(rows.flat()),
    },
    columnCount,
  );
  const steps = truncatedSvd(matrix, { count }, createRng(3));
  for (;;) {
    const { done, value } = steps.next();
    if (!done) continue;
    return Array.from({ length: count }, (_, k) =>
      Array.from({ length: columnCount }, (_, j) => value[j * count + k]!),
    );
  }
}

describeOnBackends('truncatedSvd', () => {
  it('finds the singular vectors by descending singular values', () => {
    // Orthogonal rows of the lengths 2, 5 and 3.
    const vectors = decompose(
      [
        [0, 0, 2, 0],
        [3, 4, 0, 0],
        [0, 0, 0, 3],
      ],
      2,
    );
    expectClose(vectors[0]!.map(Math.abs), [0.6, 0.8, 0, 0], 1e-5);
    expect(vectors[0]![0]! * vectors[0]![1]!).toBeGreaterThan(0);
    expectClose(vectors[1]!.map(Math.abs), [0, 0, 0, 1], 1e-5);
  });

  it('has zeros beyond the rank', () => {
    const vectors = decompose(
      [
        [1, 1, 0],
        [2, 2, 0],
        [-1, -1, 0],
      ],
      3,
    );
    expectClose(vectors[0]!.map(Math.abs), [Math.SQRT1_2, Math.SQRT1_2, 0], 1e-5);
    for (const other of vectors.slice(1)) expectClose(other, [0, 0, 0], 1e-4);
  });
});
