import { RecsysError } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { SolverStep } from '../types.js';

/**
 * Replaces a symmetric positive definite matrix A by −A⁻¹ with the block sweep operator, in place. Only the upper
 * triangle is read and written.
 *
 * Sweeps one block of rows K after the other, which needs no pivoting for such a matrix:
 *
 * $$ A_{KK} \leftarrow -D, \quad A_{rK} \leftarrow A_{rK} D, \quad A_{rr} \leftarrow A_{rr} - A_{rK} D A_{Kr}, \quad D = A_{KK}^{-1} $$
 *
 * where r are the other rows. D is computed in double precision, the products by the backend.
 *
 * @shape `[size, size]`
 * @throws {RecsysError} `not-finite` if the matrix is not positive definite
 * @source Goodnight, The American Statistician 33(3), 1979, https://doi.org/10.1080/00031305.1979.10482685
 */
export function invertNegated(matrix: Float32Array, size: number, block?: number): void {
  for (const _ of invertInSteps(matrix, size, block));
}

/** `invertNegated` in steps of a fraction of a second; reports at most a few times per second, and the end. */
export function* invertInSteps(matrix: Float32Array, size: number, block = 256): Generator<SolverStep, void> {
  let reported = performance.now();
  for (let from = 0; from < size; from += block) {
    yield* sweep(matrix, size, from, Math.min(block, size - from));
    const now = performance.now();
    if (now - reported < 300 && from + block < size) continue;
    reported = now;
    yield { label: 'solve', done: Math.min(size, from + block), total: size, unit: 'rows' };
  }
}

function* sweep(matrix: Float32Array, size: number, from: number, width: number): Generator<undefined, void> {
  const inverse = invertBlock(matrix, size, from, width); // −D [width, width]
  const column = copyColumns(matrix, size, from, width); // [size, width], zero in the rows of the block
  const left = tf.tensor2d(column, [size, width]);
  const scaled = tf.tidy(() => tf.neg(tf.matMul(left, tf.tensor2d(inverse, [width, width]))) as tf.Tensor2D); // A_rK D
  try {
    for (let top = 0; top < size; ) {
      const rows = Math.min(countTileRows(size - top), size - top);
      subtractTile(matrix, size, top, rows, scaled, left);
      top += rows;
      yield undefined;
    }
    writeBlock(matrix, size, from, width, inverse, scaled.dataSync() as Float32Array);
  } finally {
    tf.dispose([left, scaled]);
  }
}

/** Rows that are updated together: enough for a fast product, few enough for a fraction of a second. */
function countTileRows(columns: number): number {
  return Math.min(1024, Math.max(256, Math.ceil(8e6 / columns)));
}

/** Subtracts (A_rK D) A_Kr from some rows of A_rr, from the diagonal on. */
function subtractTile(
  matrix: Float32Array,
  size: number,
  top: number,
  rows: number,
  scaled: tf.Tensor2D,
  left: tf.Tensor2D,
): void {
  const [columns, width] = [size - top, left.shape[1]];
  const product = tf.tidy(() =>
    tf.matMul(tf.slice(scaled, [top, 0], [rows, width]), tf.slice(left, [top, 0], [columns, width]), false, true),
  ); // [rows, columns]
  const values = product.dataSync();
  for (let row = 0; row < rows; row++) {
    const at = (top + row) * size + top;
    for (let column = row; column < columns; column++) matrix[at + column]! -= values[row * columns + column]!;
  }
  product.dispose();
}

/** Copies the columns of a block from the upper triangle; zero in the block's own rows. */
function copyColumns(matrix: Float32Array, size: number, from: number, width: number): Float32Array {
  const column = new Float32Array(size * width);
  for (let row = 0; row < from; row++)
    column.set(matrix.subarray(row * size + from, row * size + from + width), row * width);
  for (let k = 0; k < width; k++)
    for (let row = from + width; row < size; row++) column[row * width + k] = matrix[(from + k) * size + row]!;
  return column;
}

function writeBlock(
  matrix: Float32Array,
  size: number,
  from: number,
  width: number,
  inverse: Float32Array,
  scaled: Float32Array,
): void {
  for (let row = 0; row < from; row++) matrix.set(scaled.subarray(row * width, (row + 1) * width), row * size + from);
  for (let k = 0; k < width; k++) {
    const at = (from + k) * size;
    for (let j = k; j < width; j++) matrix[at + from + j] = inverse[k * width + j]!;
    for (let row = from + width; row < size; row++) matrix[at + row] = scaled[row * width + k]!;
  }
}

/** −D of one block, row by row. */
function invertBlock(matrix: Float32Array, size: number, from: number, width: number): Float32Array {
  const a = new Float64Array(width * width);
  for (let i = 0; i < width; i++)
    for (let j = i; j < width; j++) {
      const value = matrix[(from + i) * size + from + j]!;
      a[i * width + j] = value;
      a[j * width + i] = value;
    }
  for (let k = 0; k < width; k++) sweepRow(a, width, k, from);
  return Float32Array.from(a);
}

function sweepRow(a: Float64Array, width: number, k: number, from: number): void {
  const pivot = a[k * width + k]!;
  if (!(pivot > 0))
    throw new RecsysError(
      'not-finite',
      `ease: expected a positive definite matrix, received pivot ${pivot} in row ${from + k}. ` +
        'Increase the regularization.',
    );
  for (let i = 0; i < width; i++) {
    if (i === k) continue;
    const factor = a[i * width + k]! / pivot;
    for (let j = 0; j < width; j++) a[i * width + j]! -= factor * a[k * width + j]!;
    a[i * width + k] = factor;
  }
  for (let j = 0; j < width; j++) a[k * width + j]! /= pivot;
  a[k * width + k] = -1 / pivot;
}
