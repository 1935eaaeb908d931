import { assertInteger, assertShape } from '@footlight/core';
import { readRowIds, type SparseRows } from '../sparse-rows.js';
import { tf } from '../tfjs/tfjs.js';
import { embeddingBag } from './embedding-bag.js';

/** Sequences whose inputs are rows of a table. */
export interface RowSequences {
  /** `[row, inputDim]`: the inputs, each once. */
  readonly table: tf.Tensor2D;
  /** `[batch, time]` int32: the row at each step, also where the mask is 0. */
  readonly index: tf.Tensor2D;
  /** `[batch, time]`: 1 for a real step, 0 for padding, whose input counts as zeros. */
  readonly mask: tf.Tensor2D;
}

export interface ConvolveRowsInputs extends RowSequences {
  /** `[width, inputDim, dim]`: weights of the kernel, those of the oldest step first. */
  readonly weight: tf.Tensor3D;
  /** `[dim]` */
  readonly bias: tf.Tensor1D;
  /** Distance between the steps that an output depends on, from 1. Default 1. */
  readonly dilation?: number;
}

/**
 * Causal convolution of sequences of rows of a table.
 *
 * $$ y_t = b + \sum_{k=0}^{\text{width}-1} (\text{table} \, W_k)_{\text{index}_{t - (\text{width} - 1 - k) \cdot \text{dilation}}} $$
 *
 * where steps before the first and steps under a mask of 0 add nothing. Items repeat within a batch: the products of a
 * row with the weights are computed once, and each step adds up `width` of them.
 *
 * @example
 * convolveRows({ table, index, mask, weight: tf.ones([3, 7, 5]), bias: tf.zeros([5]) }) // [batch, time, 5]
 * @shape table `[row, inputDim]`, index and mask `[batch, time]`, weight `[width, inputDim, dim]`, bias `[dim]` →
 *   `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree, if the index is not int32 or has another row, or if
 *   dilation is not a positive integer
 * @source ours; the convolution: van den Oord et al. 2016, https://arxiv.org/abs/1609.03499, section 2.1
 */
export function convolveRows({ weight, bias, dilation = 1, ...sequences }: ConvolveRowsInputs): tf.Tensor3D {
  assertInteger('convolveRows(dilation)', dilation);
  const { inputDim, rows, real } = readSequences('convolveRows', sequences);
  const { width, dim } = assertShape('convolveRows(weight)', weight, ['width', 'inputDim', 'dim'], { inputDim });
  assertShape('convolveRows(bias)', bias, ['dim'], { dim });
  const [batch, time] = sequences.index.shape;
  return tf.tidy(() => {
    const weights = tf.reshape<tf.Rank.R2>(tf.transpose(weight, [1, 0, 2]), [inputDim, width * dim]);
    const products = tf.reshape<tf.Rank.R2>(tf.matMul(sequences.table, weights), [-1, dim]); // [row · width, dim]
    const table = tf.concat<tf.Tensor2D>([products, tf.expandDims<tf.Tensor2D>(bias, 0)]);
    const bags = listProducts({ rows, real, time, width, dilation, biasRow: table.shape[0] - 1 });
    return tf.reshape<tf.Rank.R3>(embeddingBag(table, bags), [batch, time, dim]);
  });
}

/**
 * Gathers the rows of sequences, with zeros for padding.
 *
 * @example
 * gatherRealRows({ table, index, mask }) // tf.gather(table, index), times the mask
 * @shape table `[row, dim]`, index and mask `[batch, time]` → `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree, or if the index is not int32 or has another row
 */
export function gatherRealRows(sequences: RowSequences): tf.Tensor3D {
  const { inputDim, rows, real } = readSequences('gatherRealRows', sequences);
  const offsets = new Int32Array(rows.length + 1);
  const ids = new Int32Array(rows.length);
  let count = 0;
  for (let step = 0; step < rows.length; step++) {
    if (real[step] !== 0) ids[count++] = rows[step]!;
    offsets[step + 1] = count;
  }
  const [batch, time] = sequences.index.shape;
  return tf.tidy(() =>
    tf.reshape(embeddingBag(sequences.table, { offsets, ids: ids.subarray(0, count) }), [batch, time, inputDim]),
  );
}

function readSequences(where: string, { table, index, mask }: RowSequences) {
  const { row, inputDim } = assertShape(`${where}(table)`, table, ['row', 'inputDim']);
  const { batch, time } = assertShape(`${where}(index)`, index, ['batch', 'time']);
  assertShape(`${where}(mask)`, mask, ['batch', 'time'], { batch, time });
  return { inputDim, rows: readRowIds(`${where}(index)`, index, row), real: mask.dataSync() };
}

interface Steps {
  /** `[batch · time]` */
  readonly rows: Int32Array;
  /** `[batch · time]`: the mask */
  readonly real: ArrayLike<number>;
  readonly time: number;
  readonly width: number;
  readonly dilation: number;
  readonly biasRow: number;
}

/** Lists what each step adds up: the bias, then the products of the steps that it depends on, oldest first. */
function listProducts({ rows, real, time, width, dilation, biasRow }: Steps): SparseRows {
  const offsets = new Int32Array(rows.length + 1);
  const ids = new Int32Array(rows.length * (width + 1));
  let count = 0;
  for (let step = 0; step < rows.length; step++) {
    const first = step - (step % time);
    ids[count++] = biasRow;
    for (let k = 0; k < width; k++) {
      const read = step - (width - 1 - k) * dilation;
      if (read >= first && real[read] !== 0) ids[count++] = rows[read]! * width + k;
    }
    offsets[step + 1] = count;
  }
  return { offsets, ids: ids.subarray(0, count) };
}
