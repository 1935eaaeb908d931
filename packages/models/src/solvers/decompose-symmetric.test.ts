import { createRng } from '@footlight/core';
import { expectClose } from '@footlight/engine/testing';
import { describe, expect, it } from 'vitest';
import { decomposeSymmetric } from './decompose-symmetric.js';

describe('decomposeSymmetric', () => {
  it('has the values of a matrix of two rows', () => {
    // [[2, 1], [1, 2]] has the values 3 and 1, with the vectors (1, 1) and (1, −1).
    const { values, vectors } = decomposeSymmetric(Float64Array.of(2, 1, 1, 2));
    expectClose(values, [3, 1], 1e-12);
    expectClose(
      vectors.map(Math.abs),
      [0, 1, 2, 3].map(() => Math.SQRT1_2),
      1e-12,
    );
    expect(vectors[0]! * vectors[2]!).toBeGreaterThan(0);
    expect(vectors[1]! * vectors[3]!).toBeLessThan(0);
  });

  it('has the products of the matrix with its vectors', () => {
    const n = 31;
    const rng = createRng(5);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = rng.normal(0, 1) + (i === j ? 0 : 1);
    const { values, vectors } = decomposeSymmetric(matrix.slice());
    expect([...values]).toEqual([...values].sort((a, b) => b - a));
    for (let k = 0; k < n; k++)
      expectClose(
        Float64Array.from({ length: n }, (_, i) => {
          let sum = 0;
          for (let j = 0; j < n; j++) sum += matrix[i * n + j]! * vectors[j * n + k]!;
          return sum;
        }),
        Float64Array.from({ length: n }, (_, i) => values[k]! * vectors[i * n + k]!),
        1e-9,
      );
  });

  it('has unit vectors for a matrix that is diagonal, or zero', () => {
    expect([...decomposeSymmetric(Float64Array.of(1, 0, 0, 2)).vectors]).toEqual([0, 1, 1, 0]);
    expect([...decomposeSymmetric(new Float64Array(4)).values]).toEqual([0, 0]);
  });
});
