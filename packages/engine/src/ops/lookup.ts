import { assertShape } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { readValues, viewValues } from '../memory.js';
import { readRowIds } from '../sparse-rows.js';
import { collector } from '../value-and-gradients.js';
import { computeRowGradient, createEvenOffsets } from './row-sums.js';

/**
 * Looks up rows of a table; the gradient touches these rows only.
 *
 * $$ y_{\ldots d} = W_{\text{ids}_{\ldots}\, d} $$
 *
 * Inside `valueAndGradients` the gradient is handed to the optimizer as rows, and no tensor of the table's size is made. Elsewhere this is `tf.gather`.
 *
 * @example
 * lookup(table, tf.tensor1d([3, 0, 3], 'int32')) // three rows of `table`
 * @shape table `[count, dim]`, ids `[...]` int32 → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if an id is not a row of the table, or ids are not int32
 */
export function lookup(table: tf.Variable, ids: tf.Tensor): tf.Tensor {
  const { count, dim } = assertShape('lookup(table)', table, ['count', 'dim']);
  const values = readRowIds('lookup(ids)', ids, count);
  const flat = tf.reshape(ids, [ids.size]) as tf.Tensor1D; // [row]
  const rows = collector === undefined ? tf.gather(table, flat) : collectedRows(table, flat, values);
  return tf.reshape(rows, [...ids.shape, dim]);
}

/** The rows as a function of the step's token, so that the tape leads here while the table itself stays off it. */
function collectedRows(table: tf.Variable, flat: tf.Tensor1D, ids: Int32Array): tf.Tensor {
  const { token, add } = collector!;
  const op = tf.customGrad(() => ({
    value: rowsAt(table, ids) ?? tf.gather<tf.Tensor>(table, flat),
    gradFunc: (dy: tf.Tensor) => {
      const rows = computeRowGradient(
        readValues(dy),
        table.shape[1]!,
        { offsets: createEvenOffsets(ids.length, 1), ids },
        table.shape[0],
      );
      add(table, rows.ids, rows.values);
      return tf.scalar(0);
    },
  }));
  return op(token);
}

/** The rows, copied out of memory that is visible: several times as fast as tfjs's own gather on cpu. The native backend gathers into memory of its own. */
function rowsAt(table: tf.Variable, ids: Int32Array): tf.Tensor2D | undefined {
  const values = tf.getBackend() === 'native' ? undefined : viewValues(table);
  if (!values) return undefined;
  const dim = table.shape[1]!;
  const rows = new Float32Array(ids.length * dim);
  for (let at = 0; at < ids.length; at++) rows.set(values.subarray(ids[at]! * dim, (ids[at]! + 1) * dim), at * dim);
  return tf.tensor2d(rows, [ids.length, dim]);
}
