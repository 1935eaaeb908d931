import { assertShape } from '@footlight/core';
import { tf } from '../tfjs/tfjs.js';
import { type LstmStates, runBackward, runForward, runLstm } from './lstm-cell.js';
import { assertLstmShapes, type LstmSequenceInputs } from './lstm-sequence.js';
import type { SequenceOp } from './sequence-op.js';
import {
  castMask,
  computeBiasGradient,
  computeWeightGradient,
  differentiateProjection,
  project,
  shiftStates,
  splitSteps,
  stackSteps,
} from './steps.js';

export interface MLstmSequenceInputs extends LstmSequenceInputs {
  /** `[batch, time, dim]`: factor of the input in the intermediate state, bias included. */
  readonly multiplier: tf.Tensor3D;
  /** `[dim, dim]`: weights of the previous hidden state in the intermediate state. */
  readonly recurrentMultiplier: tf.Tensor2D;
  /** `[dim]`: their bias. */
  readonly recurrentMultiplierBias: tf.Tensor1D;
}

/**
 * Multiplicative long short-term memory (mLSTM) over whole sequences: an LSTM in which each input has its own
 * transition between states.
 *
 * $$ m_t = \text{multiplier}_t \odot (h_{t-1} R_m + b_m), \quad (i, f, g, o) = x_t W + b + m_t R $$
 * $$ c_t = \sigma(f) \odot c_{t-1} + \sigma(i) \odot \tanh(g), \quad h_t = \sigma(o) \odot \tanh(c_t) $$
 *
 * Where the mask is 0, the states do not change. With `only`, one kind of states is returned, which costs less, forward
 * and backward. Differs from the paper: the factors have biases, and the hidden state is o ⊙ tanh(c) instead of tanh(o
 * ⊙ c).
 *
 * Kernels `MLstmSequence` → hidden, cell, `[batch, time, dim]` each, and `[batch, time, 5·dim]` (gates after σ and
 * tanh, then h R_m + b_m), and `MLstmSequenceGradient` → gradients of input, weight, bias, recurrent, hidden, cell,
 * multiplier, recurrentMultiplier, recurrentMultiplierBias.
 *
 * @shape as `lstmSequence`, and multiplier `[batch, time, dim]`, recurrentMultiplier `[dim, dim]`,
 *   recurrentMultiplierBias `[dim]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree
 * @source Krause et al. 2016, https://arxiv.org/abs/1609.07959, eq. 16–22
 */
export function mLstmSequence(inputs: MLstmSequenceInputs): LstmStates;
export function mLstmSequence(inputs: MLstmSequenceInputs, only: keyof LstmStates): tf.Tensor3D;
export function mLstmSequence(inputs: MLstmSequenceInputs, only?: keyof LstmStates): LstmStates | tf.Tensor3D {
  const { batch, time, dim } = assertLstmShapes('mLstmSequence', inputs);
  assertShape('mLstmSequence(multiplier)', inputs.multiplier, ['batch', 'time', 'dim'], { batch, time, dim });
  assertShape('mLstmSequence(recurrentMultiplier)', inputs.recurrentMultiplier, ['dim', 'dim'], { dim });
  assertShape('mLstmSequence(recurrentMultiplierBias)', inputs.recurrentMultiplierBias, ['dim'], { dim });
  return tf.tidy(() => runLstm(op, castMask(inputs), only));
}

const op: SequenceOp<MLstmSequenceInputs, keyof LstmStates> = {
  name: 'MLstmSequence',
  differentiable: [
    ...(['input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'] as const),
    ...(['multiplier', 'recurrentMultiplier', 'recurrentMultiplierBias'] as const),
  ],
  constant: ['mask'],
  outputs: ['hidden', 'cell'],

  forward(inputs) {
    const multipliers = splitSteps(inputs.multiplier); // [batch, dim] each
    const factors: tf.Tensor2D[] = []; // of the hidden state in each intermediate state
    const { hidden, cell, activations } = runForward(project(inputs), inputs, (state, step) => {
      const factor = tf.add<tf.Tensor2D>(tf.matMul(state, inputs.recurrentMultiplier), inputs.recurrentMultiplierBias);
      factors.push(factor);
      return tf.matMul(tf.mul<tf.Tensor2D>(multipliers[step]!, factor), inputs.recurrent);
    });
    return [hidden, cell, tf.concat([activations, stackSteps(factors)], 2)];
  },

  backward(inputs) {
    const { recurrent, recurrentMultiplier, multiplier } = inputs;
    const dim = multiplier.shape[2];
    const [activations, factors] = tf.split(inputs.saved, [4 * dim, dim], 2) as [tf.Tensor3D, tf.Tensor3D];
    const multipliers = splitSteps(multiplier); // [batch, dim] each
    const intermediate: tf.Tensor2D[] = []; // gradients of m_t
    const gradients = runBackward(inputs, activations, (gates, step) => {
      const gradient = tf.matMul<tf.Tensor2D>(gates, recurrent, false, true);
      intermediate.unshift(gradient);
      return tf.matMul(tf.mul<tf.Tensor2D>(gradient, multipliers[step]!), recurrentMultiplier, false, true);
    });
    const intermediateGradients = stackSteps(intermediate); // [batch, time, dim]
    const factorGradients = tf.mul<tf.Tensor3D>(intermediateGradients, multiplier);
    return [
      ...differentiateProjection(inputs, gradients.gates),
      computeWeightGradient(tf.mul<tf.Tensor3D>(multiplier, factors), gradients.gates),
      gradients.hidden,
      gradients.cell,
      tf.mul(intermediateGradients, factors),
      computeWeightGradient(shiftStates(inputs.hidden, inputs.hiddenStates), factorGradients),
      computeBiasGradient(factorGradients),
    ];
  },
};
