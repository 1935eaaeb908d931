import { assertShape } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { type LstmStart, type LstmStates, runBackward, runForward, runLstm } from './lstm-cell.js';
import type { FusedOp } from './sequence-op.js';
import { castMask, computeWeightGradient, differentiateProjection, project, shiftStates } from './steps.js';

export interface LstmSequenceInputs extends LstmStart {
  /** `[batch, time, inputDim]` */
  readonly input: tf.Tensor3D;
  /** What the input is multiplied by, on its way into input gate, forget gate, candidate and output gate: `[inputDim, 4·dim]`. */
  readonly weight: tf.Tensor2D;
  /** Added to the product, `[4·dim]`. */
  readonly bias: tf.Tensor1D;
  /** What the hidden state before is multiplied by, `[dim, 4·dim]`. */
  readonly recurrent: tf.Tensor2D;
}

/**
 * Long short-term memory over whole sequences: hidden and cell states after each step.
 *
 * $$ (i, f, g, o) = x_t W + b + h_{t-1} R $$
 * $$ c_t = \sigma(f) \odot c_{t-1} + \sigma(i) \odot \tanh(g), \quad h_t = \sigma(o) \odot \tanh(c_t) $$
 *
 * Where the mask is 0, $h_t = h_{t-1}$ and $c_t = c_{t-1}$. States of one kind alone cost less, forward and backward. Differs from the paper: there is a forget
 * gate (Gers et al. 2000) and no peephole, as in PyTorch.
 *
 * Kernels `LstmSequence` → hidden, cell, `[batch, time, dim]` each, and `[batch, time, 4·dim]` (gates after σ and tanh), and `LstmSequenceGradient` → gradients
 * of input, weight, bias, recurrent, hidden, cell.
 *
 * @example
 * lstmSequence({ input, weight, bias, recurrent, hidden: tf.zeros([2, 5]), cell: tf.zeros([2, 5]) }).hidden // [2, time, 5]
 * @shape input `[batch, time, inputDim]`, weight `[inputDim, 4·dim]`, bias `[4·dim]`, recurrent `[dim, 4·dim]`, hidden and cell `[batch, dim]`, mask
 * `[batch, time]` → `[batch, time, dim]`, once or twice
 * @throws {RecsysError} `invalid-argument` if shapes disagree
 * @source Hochreiter and Schmidhuber, Neural Computation 9(8), 1997, https://doi.org/10.1162/neco.1997.9.8.1735
 */
export function lstmSequence(inputs: LstmSequenceInputs): LstmStates;
export function lstmSequence(inputs: LstmSequenceInputs, only: keyof LstmStates): tf.Tensor3D;
export function lstmSequence(inputs: LstmSequenceInputs, only?: keyof LstmStates): LstmStates | tf.Tensor3D {
  assertLstmShapes('lstmSequence', inputs);
  return tf.tidy(() => runLstm(op, castMask(inputs), only));
}

const op: FusedOp<LstmSequenceInputs, keyof LstmStates> = {
  name: 'LstmSequence',
  learned: ['input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'],
  fixed: ['mask'],
  outputs: ['hidden', 'cell'],

  forward(inputs) {
    const { hidden, cell, activations } = runForward(project(inputs), inputs, (state) =>
      tf.matMul(state, inputs.recurrent),
    );
    return [hidden, cell, activations];
  },

  backward(inputs) {
    const slopes = runBackward(inputs, inputs.kept, (gates) => tf.matMul(gates, inputs.recurrent, false, true));
    return [
      ...differentiateProjection(inputs, slopes.gates),
      computeWeightGradient(shiftStates(inputs.hidden, inputs.hiddenStates), slopes.gates),
      slopes.hidden,
      slopes.cell,
    ];
  },
};

/** Checks what all long short-term memories read; returns the sizes. */
export function assertLstmShapes(
  where: string,
  { input, weight, bias, recurrent, hidden, cell, mask }: LstmSequenceInputs,
): { batch: number; time: number; dim: number } {
  const { batch, dim } = assertShape(`${where}(hidden)`, hidden, ['batch', 'dim']);
  const width = { '4·dim': 4 * dim };
  assertShape(`${where}(cell)`, cell, ['batch', 'dim'], { batch, dim });
  const { time, inputDim } = assertShape(`${where}(input)`, input, ['batch', 'time', 'inputDim'], { batch });
  assertShape(`${where}(weight)`, weight, ['inputDim', '4·dim'], { inputDim, ...width });
  assertShape(`${where}(bias)`, bias, ['4·dim'], width);
  assertShape(`${where}(recurrent)`, recurrent, ['dim', '4·dim'], { dim, ...width });
  if (mask) assertShape(`${where}(mask)`, mask, ['batch', 'time'], { batch, time });
  return { batch, time, dim };
}
