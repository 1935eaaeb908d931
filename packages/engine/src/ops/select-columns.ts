import { assertShape } from '@footlight/core';
import { readRowIds } from '../sparse-rows.js';
import { tf } from '../tfjs/tfjs.js';

/**
 * Column selection: from each row of a matrix, the numbers in the columns that are listed for this row.
 *
 * $$ y_{rk} = x_{r, \text{columns}_{rk}} $$
 *
 * A column may be listed several times. tfjs's `gatherND` has no gradient.
 *
 * @example
 * selectColumns(tf.tensor2d([[5, 6, 7]]), tf.tensor2d([[2, 0]], [1, 2], 'int32')) // [[7, 5]]
 * @shape matrix `[row, column]`, columns `[row, chosen]` int32 → `[row, chosen]`
 * @throws {RecsysError} `invalid-argument` if a column is not one of the matrix, or shapes disagree
 */
export function selectColumns(matrix: tf.Tensor2D, columns: tf.Tensor2D): tf.Tensor2D {
  const { row, column } = assertShape('selectColumns(matrix)', matrix, ['row', 'column']);
  const { chosen } = assertShape('selectColumns(columns)', columns, ['row', 'chosen'], { row });
  const ids = readRowIds('selectColumns(columns)', columns, column);
  const eachEntry = (visit: (at: number, from: number) => void): void => {
    for (let r = 0, at = 0; r < row; r++) for (let k = 0; k < chosen; k++, at++) visit(at, r * column + ids[at]!);
  };
  const op = tf.customGrad(((input: tf.Tensor2D) => {
    const values = input.dataSync();
    const selected = new Float32Array(ids.length);
    eachEntry((at, from) => {
      selected[at] = values[from]!;
    });
    const gradFunc = (dy: tf.Tensor2D) => {
      const received = dy.dataSync();
      const gradient = new Float32Array(row * column);
      eachEntry((at, from) => {
        gradient[from]! += received[at]!;
      });
      return tf.tensor2d(gradient, [row, column]);
    };
    return { value: tf.tensor2d(selected, [row, chosen]), gradFunc };
  }) as Parameters<typeof tf.customGrad>[0]);
  return op(matrix) as tf.Tensor2D;
}
