import { assertShape } from '@footlight/core';
import { addRows, type RowGradient } from '../gradient.js';
import { allocate, readValues, toTensor, viewValues } from '../memory.js';
import { createScratch, gatherRows, mergeOnDevice, replaceRows } from '../rows-on-device.js';
import { assertSparseRows, expandRows, type WeightedRows } from '../sparse-rows.js';
import { tf } from '../tfjs/tfjs.js';
import { type Collector, collector } from '../value-and-gradients.js';
import { lookupRows } from './lookup.js';
import { differentiateRowSums, sumRows } from './row-sums.js';

/**
 * Embedding bag: sums rows of a table per bag, which is the product of a sparse matrix with the table.
 *
 * $$ y_{bd} = \sum_{e \in \text{bag } b} w_e \, W_{\text{ids}_e d} $$
 *
 * The sum of an empty bag is 0. Inside `valueAndGradients` the gradient of a variable has only rows that are in a bag.
 *
 * @example
 * embeddingBag(table, { offsets: Int32Array.of(0, 2, 3), ids: Int32Array.of(7, 0, 7) }) // W₇ + W₀, W₇
 * @shape table `[item, dim]`, offsets `[bag + 1]`, ids and weights `[entry]` → `[bag, dim]`
 * @throws {RecsysError} `invalid-argument` if an id is not a row of the table, or lengths disagree
 */
export function embeddingBag(table: tf.Variable | tf.Tensor2D, bags: WeightedRows): tf.Tensor2D {
  const { item, dim } = assertShape('embeddingBag(table)', table, ['item', 'dim']);
  assertSparseRows('embeddingBag', 'bags', bags, { idCount: item });
  if (!viewValues(table)) return embeddingBagDefinition(table, bags, dim);
  return collector && table instanceof tf.Variable
    ? collectSums(collector, table, bags, dim)
    : sumOnTape(table, bags, dim);
}

/** Sums rows in the memory of the table: the table stays off the tape, and no `[entry, dim]` is made. */
function collectSums({ token, add }: Collector, table: tf.Variable, bags: WeightedRows, dim: number): tf.Tensor2D {
  const op = tf.customGrad(() => ({
    value: computeSums(table, bags, dim),
    gradFunc: (dy: tf.Tensor) => {
      add(table, differentiateRowSums({ gradients: readValues(dy), dim, bags, rowCount: table.shape[0]! }));
      return tf.scalar(0);
    },
  }));
  return op(token) as tf.Tensor2D;
}

/**
 * Sums rows of tensors, or outside of `valueAndGradients`, e.g. to predict, without `[entry, dim]` too. Its gradient
 * has the size of the table.
 */
function sumOnTape(table: tf.Variable | tf.Tensor2D, bags: WeightedRows, dim: number): tf.Tensor2D {
  const item = table.shape[0]!;
  const op = tf.customGrad(() => ({
    value: computeSums(table, bags, dim),
    gradFunc: (dy: tf.Tensor) => {
      const rows = differentiateRowSums({ gradients: readValues(dy), dim, bags, rowCount: item });
      return toTensor(toDense(rows, item, dim), [item, dim]);
    },
  }));
  return op(table) as tf.Tensor2D;
}

/** Places rows in a table of zeros. Runs of rows that follow each other are copied at once. */
function toDense(rows: RowGradient, count: number, dim: number): Float32Array {
  const dense = allocate(count * dim).fill(0);
  const { ids, values } = rows;
  if (ids.some((id, at) => at > 0 && id <= ids[at - 1]!)) {
    addRows(dense, rows, dim); // the definition of the gradient repeats rows
    return dense;
  }
  for (let from = 0, to = 0; from < ids.length; from = to) {
    while (to < ids.length && ids[to]! - to === ids[from]! - from) to++;
    dense.set(values.subarray(from * dim, to * dim), ids[from]! * dim);
  }
  return dense;
}

function computeSums(table: tf.Tensor, bags: WeightedRows, dim: number): tf.Tensor {
  const count = bags.offsets.length - 1;
  return toTensor(sumRows({ table: viewValues(table)!, dim, bags, out: allocate(count * dim) }), [count, dim]);
}

function embeddingBagDefinition(table: tf.Variable | tf.Tensor2D, bags: WeightedRows, dim: number): tf.Tensor2D {
  const { offsets, ids, weights } = bags;
  const count = offsets.length - 1;
  if (ids.length === 0) return tf.zeros([count, dim]);
  const flat = tf.tensor1d(ids, 'int32');
  // [entry, dim]
  const rows = table instanceof tf.Variable ? lookupRows(table, flat, ids) : tf.gather<tf.Tensor>(table, flat);
  const weighted = (weights ? tf.mul(rows, tf.tensor2d(weights, [ids.length, 1])) : rows) as tf.Tensor2D;
  return sumBags(weighted, expandRows(bags), count);
}

/**
 * Sums the entries of each bag in an order of their own, where `unsortedSegmentSum` of a GPU adds as it happens.
 *
 * @shape entries `[entry, dim]`, bags `[entry]` → `[bag, dim]`
 */
export function sumBags(entries: tf.Tensor2D, bags: Int32Array, count: number): tf.Tensor2D {
  const op = tf.customGrad(((given: tf.Tensor2D) => ({
    value: tf.tidy(() => {
      const sums = mergeOnDevice({ ids: bags, values: given }, createScratch(count));
      return replaceRows(tf.zeros([count, given.shape[1]]), sums);
    }),
    gradFunc: (dy: tf.Tensor2D) => gatherRows(dy, bags),
  })) as Parameters<typeof tf.customGrad>[0]);
  return op(entries) as tf.Tensor2D;
}
