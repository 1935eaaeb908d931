import { assertShape } from '@footlight/core';
import { readRowIds } from '../sparse-rows.js';
import { tf } from '../tfjs/tfjs.js';
import { sumBags } from './embedding-bag.js';
import { type LstmStates, runLstm } from './lstm-cell.js';
import { assertLstmWeights, type LstmSequenceInputs, lstmOp } from './lstm-sequence.js';
import type { SequenceOp } from './sequence-op.js';
import { castMask } from './steps.js';

export interface LstmSequenceOfRowsInputs extends Omit<LstmSequenceInputs, 'input'> {
  /** `[row, inputDim]`: the inputs, each once. */
  readonly table: tf.Tensor2D;
  /** `[batch, time]` int32: the row that each step reads, also where the mask is 0. */
  readonly index: tf.Tensor2D;
}

/**
 * Long short-term memory (LSTM) over sequences of rows of a table: `lstmSequence` with
 * $x_{bt} = \text{table}_{\text{index}_{bt}}$.
 *
 * Items repeat within a batch. The kernels compute the products of a row with the weights of the input once, however
 * many steps read it, forward and backward. The states are the same as those of `lstmSequence`, bit for bit.
 *
 * Kernels `LstmSequenceOfRows` and `LstmSequenceOfRowsGradient`, as those of `lstmSequence`, with `table` and `index`
 * for `input`.
 *
 * @example
 * const start = { hidden: tf.zeros<tf.Rank.R2>([2, 5]), cell: tf.zeros<tf.Rank.R2>([2, 5]) };
 * const index = tf.tensor2d([[0, 1, 0], [1, 1, 0]], [2, 3], 'int32');
 * lstmSequenceOfRows({ table, index, weight, bias, recurrent, ...start }).hidden // [2, 3, 5]
 * @shape table `[row, inputDim]`, index `[batch, time]`, all others as in `lstmSequence` → `[batch, time, dim]`, once
 *   or twice
 * @throws {RecsysError} `invalid-argument` if shapes disagree, or if the index is not int32 or has another row
 * @source ours; the layer: Hochreiter and Schmidhuber, Neural Computation 9(8), 1997,
 *   https://doi.org/10.1162/neco.1997.9.8.1735
 */
export function lstmSequenceOfRows(inputs: LstmSequenceOfRowsInputs): LstmStates;
export function lstmSequenceOfRows(inputs: LstmSequenceOfRowsInputs, only: keyof LstmStates): tf.Tensor3D;
export function lstmSequenceOfRows(
  inputs: LstmSequenceOfRowsInputs,
  only?: keyof LstmStates,
): LstmStates | tf.Tensor3D {
  assertRowShapes('lstmSequenceOfRows', inputs);
  return tf.tidy(() => runLstm(op, castMask(inputs), only));
}

const op: SequenceOp<LstmSequenceOfRowsInputs, keyof LstmStates> = {
  name: 'LstmSequenceOfRows',
  differentiable: ['table', 'weight', 'bias', 'recurrent', 'hidden', 'cell'],
  constant: ['index', 'mask'],
  outputs: ['hidden', 'cell'],

  forward: ({ table, index, ...inputs }) => lstmOp.forward({ input: gatherInput(table, index), ...inputs }),

  backward({ table, index, ...inputs }) {
    const [input, ...others] = lstmOp.backward({ input: gatherInput(table, index), ...inputs });
    const [row, inputDim] = table.shape;
    const entries = tf.reshape<tf.Rank.R2>(input!, [-1, inputDim]);
    return [sumBags(entries, readRowIds('lstmSequenceOfRows(index)', index, row), row), ...others];
  },
};

/** @shape table `[row, inputDim]`, index `[batch, time]` → `[batch, time, inputDim]` */
function gatherInput(table: tf.Tensor2D, index: tf.Tensor2D): tf.Tensor3D {
  return tf.gather<tf.Tensor>(table, index) as tf.Tensor3D;
}

function assertRowShapes(where: string, { table, index, ...others }: LstmSequenceOfRowsInputs): void {
  const { row, inputDim } = assertShape(`${where}(table)`, table, ['row', 'inputDim']);
  const { batch, dim } = assertShape(`${where}(hidden)`, others.hidden, ['batch', 'dim']);
  assertShape(`${where}(cell)`, others.cell, ['batch', 'dim'], { batch, dim });
  const { time } = assertShape(`${where}(index)`, index, ['batch', 'time'], { batch });
  readRowIds(`${where}(index)`, index, row);
  assertLstmWeights(where, { batch, time, inputDim, dim }, others);
}
