import { assertShape } from '@footlight/core';
import { tf } from '../tfjs/tfjs.js';
import { type LstmStart, type LstmStates, runBackward, runForward, runLstm } from './lstm-cell.js';
import type { SequenceOp } from './sequence-op.js';
import { castMask, computeWeightGradient, differentiateProjection, project, shiftStates } from './steps.js';

export interface LstmSequenceInputs extends LstmStart {
  /** `[batch, time, inputDim]` */
  readonly input: tf.Tensor3D;
  /** `[inputDim, 4·dim]`: weights of the input in the input gate, forget gate, candidate and output gate. */
  readonly weight: tf.Tensor2D;
  /** `[4·dim]`: bias of the gates. */
  readonly bias: tf.Tensor1D;
  /** `[dim, 4·dim]`: weights of the previous hidden state in the gates. */
  readonly recurrent: tf.Tensor2D;
}

/**
 * Long short-term memory (LSTM) over whole sequences: computes the hidden and cell states after each step.
 *
 * $$ (i, f, g, o) = x_t W + b + h_{t-1} R $$
 * $$ c_t = \sigma(f) \odot c_{t-1} + \sigma(i) \odot \tanh(g), \quad h_t = \sigma(o) \odot \tanh(c_t) $$
 *
 * Where the mask is 0, $h_t = h_{t-1}$ and $c_t = c_{t-1}$. With `only`, one kind of states is returned, which costs
 * less, forward and backward. Differs from the paper: there is a forget gate (Gers et al. 2000) and no peephole, as in
 * PyTorch.
 *
 * Kernels `LstmSequence` → hidden, cell, `[batch, time, dim]` each, and `[batch, time, 4·dim]` (gates after σ and
 * tanh), and `LstmSequenceGradient` → gradients of input, weight, bias, recurrent, hidden, cell.
 *
 * @example
 * const start = { hidden: tf.zeros<tf.Rank.R2>([2, 5]), cell: tf.zeros<tf.Rank.R2>([2, 5]) };
 * lstmSequence({ input, weight, bias, recurrent, ...start }).hidden // [2, time, 5]
 * @shape input `[batch, time, inputDim]`, weight `[inputDim, 4·dim]`, bias `[4·dim]`, recurrent `[dim, 4·dim]`, hidden
 *   and cell `[batch, dim]`, mask `[batch, time]` → `[batch, time, dim]`, once or twice
 * @throws {RecsysError} `invalid-argument` if shapes disagree
 * @source Hochreiter and Schmidhuber, Neural Computation 9(8), 1997, https://doi.org/10.1162/neco.1997.9.8.1735
 */
export function lstmSequence(inputs: LstmSequenceInputs): LstmStates;
export function lstmSequence(inputs: LstmSequenceInputs, only: keyof LstmStates): tf.Tensor3D;
export function lstmSequence(inputs: LstmSequenceInputs, only?: keyof LstmStates): LstmStates | tf.Tensor3D {
  assertLstmShapes('lstmSequence', inputs);
  return tf.tidy(() => runLstm(lstmOp, castMask(inputs), only));
}

/** The definition of `lstmSequence` and of its gradient. */
export const lstmOp: SequenceOp<LstmSequenceInputs, keyof LstmStates> = {
  name: 'LstmSequence',
  differentiable: ['input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'],
  constant: ['mask'],
  outputs: ['hidden', 'cell'],

  forward(inputs) {
    const { hidden, cell, activations } = runForward(project(inputs), inputs, (state) =>
      tf.matMul(state, inputs.recurrent),
    );
    return [hidden, cell, activations];
  },

  backward(inputs) {
    const gradients = runBackward(inputs, inputs.saved, (gates) => tf.matMul(gates, inputs.recurrent, false, true));
    return [
      ...differentiateProjection(inputs, gradients.gates),
      computeWeightGradient(shiftStates(inputs.hidden, inputs.hiddenStates), gradients.gates),
      gradients.hidden,
      gradients.cell,
    ];
  },
};

/** Checks the inputs of a long short-term memory. @returns the sizes */
export function assertLstmShapes(
  where: string,
  { input, ...others }: LstmSequenceInputs,
): { batch: number; time: number; dim: number } {
  const { batch, dim } = assertShape(`${where}(hidden)`, others.hidden, ['batch', 'dim']);
  assertShape(`${where}(cell)`, others.cell, ['batch', 'dim'], { batch, dim });
  const { time, inputDim } = assertShape(`${where}(input)`, input, ['batch', 'time', 'inputDim'], { batch });
  assertLstmWeights(where, { batch, time, inputDim, dim }, others);
  return { batch, time, dim };
}

/** Checks the weights and the mask of a long short-term memory of these sizes. */
export function assertLstmWeights(
  where: string,
  { batch, time, inputDim, dim }: Readonly<Record<'batch' | 'time' | 'inputDim' | 'dim', number>>,
  { weight, bias, recurrent, mask }: Omit<LstmSequenceInputs, 'input'>,
): void {
  const width = { '4·dim': 4 * dim };
  assertShape(`${where}(weight)`, weight, ['inputDim', '4·dim'], { inputDim, ...width });
  assertShape(`${where}(bias)`, bias, ['4·dim'], width);
  assertShape(`${where}(recurrent)`, recurrent, ['dim', '4·dim'], { dim, ...width });
  if (mask) assertShape(`${where}(mask)`, mask, ['batch', 'time'], { batch, time });
}
