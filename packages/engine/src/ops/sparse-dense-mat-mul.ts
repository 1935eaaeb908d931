import { assertShape } from '@footlight/core';
import { allocate, readValues, toTensor, viewValues } from '../memory.js';
import type { SparseMatrix } from '../sparse-matrix.js';
import { expandRows, type WeightedRows } from '../sparse-rows.js';
import { tf } from '../tfjs/tfjs.js';
import { sumBags } from './embedding-bag.js';
import { sumRows } from './row-sums.js';

/** Options of `sparseDenseMatMul`. */
export interface SparseDenseMatMulOptions {
  /** Whether the transpose of the matrix is multiplied. Default false. */
  readonly transposed?: boolean;
}

/**
 * Product of a sparse and a dense matrix.
 *
 * $$ Y = A X, \quad \frac{\partial L}{\partial X} = A^\top \frac{\partial L}{\partial Y} $$
 *
 * or, `transposed`, $Y = A^\top X$. The values of A are constant: they have no gradient. Both products are sums over
 * rows of the dense matrix, in the order of the entries, so that the result does not depend on the number of threads.
 *
 * @example
 * const matrix = createSparseMatrix({ offsets: Int32Array.of(0, 2, 3), ids: Int32Array.of(0, 4, 1) }, 5);
 * sparseDenseMatMul(matrix, tf.ones([5, 64])) // [2, 64]
 * @shape dense `[column, dim]` → `[row, dim]`; transposed: `[row, dim]` → `[column, dim]`
 * @throws {RecsysError} `invalid-argument` if the dense matrix has another number of rows
 */
export function sparseDenseMatMul(
  { rowCount, columnCount, rows, columns }: SparseMatrix,
  dense: tf.Tensor2D,
  { transposed = false }: SparseDenseMatMulOptions = {},
): tf.Tensor2D {
  const [axis, count] = transposed ? ['row', rowCount] : ['column', columnCount];
  assertShape('sparseDenseMatMul(dense)', dense, [axis as string, 'dim'], { [axis as string]: count as number });
  const [forward, backward] = transposed ? [columns, rows] : [rows, columns];
  const op = tf.customGrad(((given: tf.Tensor2D) => ({
    value: multiply(forward, given),
    gradFunc: (dy: tf.Tensor2D) => multiply(backward, dy),
  })) as Parameters<typeof tf.customGrad>[0]);
  return op(dense) as tf.Tensor2D;
}

function multiply(rows: WeightedRows, dense: tf.Tensor2D): tf.Tensor2D {
  if (!viewValues(dense)) return tf.tidy(() => multiplyOnDevice(rows, dense));
  const [count, dim] = [rows.offsets.length - 1, dense.shape[1]];
  const out = sumRows({ table: readValues(dense), dim, bags: rows, out: allocate(count * dim) });
  return toTensor(out, [count, dim]) as tf.Tensor2D;
}

function multiplyOnDevice(rows: WeightedRows, dense: tf.Tensor2D): tf.Tensor2D {
  const { offsets, ids, weights } = rows;
  const [count, dim] = [offsets.length - 1, dense.shape[1]];
  if (ids.length === 0) return tf.zeros([count, dim]);
  const entries = tf.gather(dense, tf.tensor1d(ids, 'int32')); // [entry, dim]
  const weighted = weights ? tf.mul(entries, tf.tensor2d(weights, [ids.length, 1])) : entries;
  return sumBags(weighted as tf.Tensor2D, expandRows(rows), count);
}
