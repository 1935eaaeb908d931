import { assertShape, invalid } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { allocate, readValues, toTensor, viewValues } from '../memory.js';
import { addRows, type Collector, collector } from '../value-and-gradients.js';
import { type Bags, computeRowGradient, sumRows } from './row-sums.js';

/**
 * Adds up rows of a table, bag by bag: the product of a sparse matrix with the table, without the matrix.
 *
 * $$ y_{bd} = \sum_{e \in \text{bag } b} w_e \, W_{\text{ids}_e d} $$
 *
 * An empty bag is a row of zeros. Inside `valueAndGradients` the gradient touches only rows that are in a bag.
 *
 * @example
 * embeddingBag(table, { offsets: Int32Array.of(0, 2, 3), ids: Int32Array.of(7, 0, 7) }) // W₇ + W₀, W₇
 * @shape table `[item, dim]`, offsets `[bag + 1]`, ids and weights `[entry]` → `[bag, dim]`
 * @throws {RecsysError} `invalid-argument` if an id is not a row of the table, or lengths disagree
 */
export function embeddingBag(table: tf.Variable, bags: Bags): tf.Tensor2D {
  const { item, dim } = assertShape('embeddingBag(table)', table, ['item', 'dim']);
  assertBags(bags, item);
  if (!viewValues(table)) return definition(table, bags, dim);
  return collector ? fused(collector, table, bags, item, dim) : fusedOnTape(table, bags, item, dim);
}

/** On memory that is visible: the table stays off the tape, and no `[entry, dim]` is made. */
function fused({ token, add }: Collector, table: tf.Variable, bags: Bags, item: number, dim: number): tf.Tensor2D {
  const count = bags.offsets.length - 1;
  const op = tf.customGrad(() => ({
    value: toTensor(sumRows(viewValues(table)!, dim, bags, allocate(count * dim)), [count, dim]),
    gradFunc: (dy: tf.Tensor) => {
      const { ids, values } = computeRowGradient(readValues(dy), dim, bags, item);
      add(table, ids, values);
      return tf.scalar(0);
    },
  }));
  return op(token) as tf.Tensor2D;
}

/** The same outside of `valueAndGradients`, e.g. to predict: no `[entry, dim]` there either. A gradient, if asked for, is of the whole table. */
function fusedOnTape(table: tf.Variable, bags: Bags, item: number, dim: number): tf.Tensor2D {
  const count = bags.offsets.length - 1;
  const op = tf.customGrad(() => ({
    value: toTensor(sumRows(viewValues(table)!, dim, bags, allocate(count * dim)), [count, dim]),
    gradFunc: (dy: tf.Tensor) => {
      const dense = new Float32Array(item * dim);
      addRows(dense, computeRowGradient(readValues(dy), dim, bags, item), dim);
      return tf.tensor2d(dense, [item, dim]);
    },
  }));
  return op(table) as tf.Tensor2D;
}

function definition(table: tf.Variable, { offsets, ids, weights }: Bags, dim: number): tf.Tensor2D {
  const count = offsets.length - 1;
  if (ids.length === 0) return tf.zeros([count, dim]);
  const bagOf = new Int32Array(ids.length);
  for (let bag = 0; bag < count; bag++) bagOf.fill(bag, offsets[bag], offsets[bag + 1]);
  const rows = tf.gather<tf.Tensor2D>(table as unknown as tf.Tensor2D, tf.tensor1d(ids, 'int32')); // [entry, dim]
  const weighted = weights ? tf.mul(rows, tf.tensor2d(weights, [ids.length, 1])) : rows;
  return tf.unsortedSegmentSum(weighted, tf.tensor1d(bagOf, 'int32'), count) as tf.Tensor2D;
}

function assertBags({ offsets, ids, weights }: Bags, item: number): void {
  const ascending = offsets.every((offset, at) => offset >= (at === 0 ? 0 : offsets[at - 1]!));
  if (offsets[0] !== 0 || !ascending || offsets.at(-1) !== ids.length)
    invalid(
      'embeddingBag(offsets)',
      `0, then ascending to the ${ids.length} entries`,
      `[${Array.from(offsets.subarray(0, 8)).join(', ')}${offsets.length > 8 ? ', …' : ''}]`,
    );
  const at = ids.findIndex((id) => !(id >= 0 && id < item));
  if (at >= 0) invalid('embeddingBag(ids)', `rows from 0 to ${item - 1}`, `${ids[at]} at position ${at}`);
  if (weights && weights.length !== ids.length)
    invalid('embeddingBag(weights)', `${ids.length} numbers, one per entry`, weights.length);
}
