import { assertShape } from '@footlight/core';
import { createDeviceGradient } from '../gradient.js';
import type { GatherRowsInputs } from '../kernels.js';
import { allocate, holdsTensorsElsewhere, readValues, toTensor, viewValues } from '../memory.js';
import { runKernel } from '../run-kernel.js';
import { createEvenOffsets, readRowIds } from '../sparse-rows.js';
import { tf } from '../tfjs/tfjs.js';
import { type Collector, collector } from '../value-and-gradients.js';
import { differentiateRowSums } from './row-sums.js';

/**
 * Embedding lookup: gathers rows of a table, with a gradient of these rows only.
 *
 * $$ y_{\ldots d} = W_{\text{ids}_{\ldots}\, d} $$
 *
 * Inside `valueAndGradients` the optimizer receives the gradient as rows, and no tensor of the table's size is made.
 * Elsewhere this is `tf.gather`.
 *
 * @example
 * lookup(table, tf.tensor1d([3, 0, 3], 'int32')) // three rows of `table`
 * @shape table `[count, dim]`, ids `[...]` int32 → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if an id is not a row of the table, or the ids are not int32
 */
export function lookup(table: tf.Variable, ids: tf.Tensor): tf.Tensor {
  const { count, dim } = assertShape('lookup(table)', table, ['count', 'dim']);
  const values = readRowIds('lookup(ids)', ids, count);
  return tf.reshape(lookupRows(table, tf.reshape(ids, [ids.size]), values), [...ids.shape, dim]);
}

/** Looks up rows whose ids are known to be rows of the table. @shape ids `[row]` → `[row, dim]` */
export function lookupRows(table: tf.Variable, ids: tf.Tensor1D, values: Int32Array): tf.Tensor2D {
  return (collector ? collectRows(collector, table, ids, values) : tf.gather<tf.Tensor>(table, ids)) as tf.Tensor2D;
}

/**
 * Gathers rows as a function of the collector's token, so that the tape reaches this operation while the table stays
 * off the tape.
 */
function collectRows({ token, add }: Collector, table: tf.Variable, flat: tf.Tensor1D, ids: Int32Array): tf.Tensor {
  const dim = table.shape[1]!;
  const op = tf.customGrad(() => ({
    value: gatherRows(table, ids) ?? tf.gather<tf.Tensor>(table, flat),
    gradFunc: (dy: tf.Tensor) => {
      if (holdsTensorsElsewhere()) {
        add(table, createDeviceGradient(tf.keep(tf.reshape(dy, [ids.length, dim])), ids));
        return tf.scalar(0);
      }
      const bags = { offsets: createEvenOffsets(ids.length, 1), ids };
      add(table, differentiateRowSums({ gradients: readValues(dy), dim, bags, rowCount: table.shape[0]! }));
      return tf.scalar(0);
    },
  }));
  return op(token);
}

/** Copies rows from the memory of the table, where tfjs's own gather on cpu computes the index of each number. */
function gatherRows(table: tf.Variable, ids: Int32Array): tf.Tensor | undefined {
  const values = viewValues(table);
  if (!values) return undefined;
  const dim = table.shape[1]!;
  const inputs = { table: values, dim, ids, out: allocate(ids.length * dim) };
  return toTensor(runKernel('gatherRows', inputs, gatherRowsDefinition), [ids.length, dim]);
}

function gatherRowsDefinition({ table, dim, ids, out }: GatherRowsInputs): Float32Array {
  for (let at = 0; at < ids.length; at++) out.set(table.subarray(ids[at]! * dim, (ids[at]! + 1) * dim), at * dim);
  return out;
}
