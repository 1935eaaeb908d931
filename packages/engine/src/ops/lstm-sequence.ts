import { assertShape } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { type FusedOp, runFused } from './fused-kernel.js';
import { type LstmCellInputs, type LstmStates, walkBack, walkForward } from './lstm-cell.js';
import { inNumbers, statesBefore, weightGradient } from './steps.js';

export interface LstmSequenceInputs extends LstmCellInputs {
  /** What the hidden state before is multiplied by, `[dim, 4·dim]`. */
  readonly recurrent: tf.Tensor2D;
}

/**
 * Long short-term memory over whole sequences: hidden and cell states after each step.
 *
 * $$ (i, f, g, o) = \text{gates}_t + h_{t-1} R $$
 * $$ c_t = \sigma(f) \odot c_{t-1} + \sigma(i) \odot \tanh(g), \quad h_t = \sigma(o) \odot \tanh(c_t) $$
 *
 * Where the mask is 0, $h_t = h_{t-1}$ and $c_t = c_{t-1}$. Differs from the paper: there is a forget gate (Gers et al. 2000) and no peephole, as in PyTorch.
 *
 * Kernels `LstmSequence` → `[batch, time, 2·dim]` (hidden, cell), `[batch, time, 4·dim]` (gates after σ and tanh), and `LstmSequenceGradient` → gradients of
 * gates, recurrent, hidden, cell.
 *
 * @example
 * lstmSequence({ gates, recurrent, hidden: tf.zeros([2, 5]), cell: tf.zeros([2, 5]) }).hidden // [2, time, 5]
 * @shape gates `[batch, time, 4·dim]`, recurrent `[dim, 4·dim]`, hidden and cell `[batch, dim]`, mask `[batch, time]` → two times `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree
 * @source Hochreiter and Schmidhuber, Neural Computation 9(8), 1997, https://doi.org/10.1162/neco.1997.9.8.1735
 */
export function lstmSequence(inputs: LstmSequenceInputs): LstmStates {
  assertLstmShapes('lstmSequence', inputs);
  return tf.tidy(() => splitStates(runFused(op, inNumbers(inputs))));
}

const op: FusedOp<LstmSequenceInputs> = {
  name: 'LstmSequence',
  learned: ['gates', 'recurrent', 'hidden', 'cell'],
  fixed: ['mask'],

  forward(inputs) {
    const { output, activations } = walkForward(inputs, (hidden) => tf.matMul(hidden, inputs.recurrent));
    return [output, activations];
  },

  backward(inputs) {
    const slopes = walkBack(inputs, inputs.kept, (gates) => tf.matMul(gates, inputs.recurrent, false, true));
    const hidden = tf.split(inputs.output, 2, 2)[0] as tf.Tensor3D;
    return [slopes.gates, weightGradient(statesBefore(inputs.hidden, hidden), slopes.gates), slopes.hidden, slopes.cell];
  },
};

/** Checks what all long short-term memories read; returns the sizes. */
export function assertLstmShapes(
  where: string,
  { gates, recurrent, hidden, cell, mask }: LstmSequenceInputs,
): { batch: number; time: number; dim: number } {
  const { batch, dim } = assertShape(`${where}(hidden)`, hidden, ['batch', 'dim']);
  assertShape(`${where}(cell)`, cell, ['batch', 'dim'], { batch, dim });
  const { time } = assertShape(`${where}(gates)`, gates, ['batch', 'time', '4·dim'], { batch, '4·dim': 4 * dim });
  assertShape(`${where}(recurrent)`, recurrent, ['dim', '4·dim'], { dim, '4·dim': 4 * dim });
  if (mask) assertShape(`${where}(mask)`, mask, ['batch', 'time'], { batch, time });
  return { batch, time, dim };
}

/** @shape `[batch, time, 2·dim]` → two times `[batch, time, dim]` */
export function splitStates(states: tf.Tensor3D): LstmStates {
  const [hidden, cell] = tf.split(states, 2, 2) as [tf.Tensor3D, tf.Tensor3D];
  return { hidden, cell };
}
