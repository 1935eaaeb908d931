import type { Rng } from '@footlight/core';
import { fillNormal, type SparseMatrix, sparseDenseMatMul, tf } from '@footlight/engine';
import type { SolverStep } from '../types.js';
import { decomposeSymmetric } from './decompose-symmetric.js';

export interface TruncatedSvdOptions {
  /** Number of singular vectors k. */
  readonly count: number;
  /** Vectors that are computed besides, which speeds up convergence. Default 32. */
  readonly oversampling?: number;
  /** Multiplications by $A^\top A$. Default 12. */
  readonly iterations?: number;
}

/**
 * Truncated singular value decomposition by subspace iteration: the right singular vectors of a sparse matrix with the
 * largest singular values, in descending order.
 *
 * $$ Q \leftarrow \mathrm{orth}(A^\top A Q), \quad V = Q W, \quad W \Lambda W^\top = (A Q)^\top A Q $$
 *
 * from a normally distributed matrix Q. Vectors beyond the rank of the matrix are 0.
 *
 * @shape A `[row, column]` → `[column, k]`
 * @source Halko, Martinsson, Tropp, SIAM Review 53(2), 2011, https://arxiv.org/abs/0909.4061
 */
export function* truncatedSvd(
  matrix: SparseMatrix,
  { count, oversampling = 32, iterations = 12 }: TruncatedSvdOptions,
  rng: Rng,
): Generator<SolverStep, Float32Array> {
  const { rowCount, columnCount } = matrix;
  const width = Math.min(count + oversampling, rowCount, columnCount);
  const start = fillNormal(new Float32Array(columnCount * width), rng, 0, 1);
  let basis = tf.tidy(() => orthonormalize(tf.tensor2d(start, [columnCount, width])));
  const replace = (next: tf.Tensor2D): void => {
    basis.dispose();
    basis = next;
  };
  try {
    for (let iteration = 0; iteration < iterations; iteration++) {
      yield { label: 'singular vectors', unit: 'steps', done: iteration, total: iterations };
      replace(multiply(matrix, basis));
      yield undefined;
      replace(tf.tidy(() => orthonormalize(basis)));
    }
    return tf.tidy(() => readVectors(matrix, basis, count));
  } finally {
    basis.dispose();
  }
}

/** @shape `[column, width]` → $A^\top A$ times it */
function multiply(matrix: SparseMatrix, vectors: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => sparseDenseMatMul(matrix, sparseDenseMatMul(matrix, vectors), { transposed: true }));
}

/** The Ritz vectors of the basis. @shape basis `[column, width]` → `[column, count]` */
function readVectors(matrix: SparseMatrix, basis: tf.Tensor2D, count: number): Float32Array {
  const width = basis.shape[1];
  const image = sparseDenseMatMul(matrix, basis); // [row, width]
  const gram = Float64Array.from(tf.matMul(image, image, true, false).dataSync());
  const { vectors } = decomposeSymmetric(gram); // [width, width], a vector per column
  const most = Math.min(count, width);
  const chosen = Float32Array.from({ length: width * count }, (_, at) =>
    at % count < most ? vectors[Math.floor(at / count) * width + (at % count)]! : 0,
  );
  const ritz = tf.matMul(basis, tf.tensor2d(chosen, [width, count])); // [column, count]
  return ritz.dataSync().slice() as Float32Array;
}

/**
 * Makes columns orthonormal, twice, since once leaves rounding errors; columns that depend on others become 0.
 *
 * @shape `[row, width]` → `[row, width]`
 */
function orthonormalize(columns: tf.Tensor2D): tf.Tensor2D {
  return multiplyByInverseFactor(multiplyByInverseFactor(columns));
}

/** Cholesky QR: $Y L^{-\top}$ with $L L^\top = Y^\top Y$. */
function multiplyByInverseFactor(columns: tf.Tensor2D): tf.Tensor2D {
  const width = columns.shape[1];
  const gram = Float64Array.from(tf.matMul(columns, columns, true, false).dataSync());
  return tf.matMul(columns, tf.tensor2d(Float32Array.from(invertFactor(gram, width)), [width, width]), false, true);
}

const DEPENDENT = 1e-6; // share of its squared length that is left of a column, above the rounding of 32-bit sums

/** Inverts the Cholesky factor of a matrix; rows of columns that depend on earlier ones are 0. @shape `[n, n]` */
function invertFactor(matrix: Float64Array, n: number): Float64Array {
  const factor = new Float64Array(n * n); // L, lower triangle
  const inverse = new Float64Array(n * n);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * n + column]!;
      for (let k = 0; k < column; k++) rest -= factor[row * n + k]! * factor[column * n + k]!;
      const pivot = factor[column * n + column]!;
      if (column < row) factor[row * n + column] = pivot === 0 ? 0 : rest / pivot;
      else if (rest > DEPENDENT * matrix[row * n + row]!) factor[row * n + row] = Math.sqrt(rest);
    }
    const pivot = factor[row * n + row]!;
    if (pivot === 0) continue;
    inverse[row * n + row] = 1 / pivot;
    for (let column = 0; column < row; column++) {
      let sum = 0;
      for (let k = column; k < row; k++) sum += factor[row * n + k]! * inverse[k * n + column]!;
      inverse[row * n + column] = -sum / pivot;
    }
  }
  return inverse;
}
