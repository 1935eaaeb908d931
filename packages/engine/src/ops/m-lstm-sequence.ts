import { assertShape } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { type LstmStates, runBackward, runForward, runLstm } from './lstm-cell.js';
import { assertLstmShapes, type LstmSequenceInputs } from './lstm-sequence.js';
import type { FusedOp } from './sequence-op.js';
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
  /** What the input says of the intermediate state, bias included: `[batch, time, dim]`. */
  readonly multiplier: tf.Tensor3D;
  /** What the hidden state before is multiplied by on its way into the intermediate state, `[dim, dim]`. */
  readonly recurrentMultiplier: tf.Tensor2D;
  /** `[dim]` */
  readonly recurrentMultiplierBias: tf.Tensor1D;
}

/**
 * Multiplicative long short-term memory over whole sequences: each input has its own transition from state to state.
 *
 * $$ m_t = \text{multiplier}_t \odot (h_{t-1} R_m + b_m), \quad (i, f, g, o) = x_t W + b + m_t R $$
 * $$ c_t = \sigma(f) \odot c_{t-1} + \sigma(i) \odot \tanh(g), \quad h_t = \sigma(o) \odot \tanh(c_t) $$
 *
 * Where the mask is 0, the state stays. States of one kind alone cost less, forward and backward. Differs from the paper: the factors have biases, and the
 * hidden state is o ⊙ tanh(c) instead of tanh(o ⊙ c).
 *
 * Kernels `MLstmSequence` → hidden, cell, `[batch, time, dim]` each, and `[batch, time, 5·dim]` (gates after σ and tanh, then h R_m + b_m), and
 * `MLstmSequenceGradient` → gradients of input, weight, bias, recurrent, hidden, cell, multiplier, recurrentMultiplier, recurrentMultiplierBias.
 *
 * @shape as `lstmSequence`, and multiplier `[batch, time, dim]`, recurrentMultiplier `[dim, dim]`, recurrentMultiplierBias `[dim]`
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

const op: FusedOp<MLstmSequenceInputs, keyof LstmStates> = {
  name: 'MLstmSequence',
  learned: [
    ...(['input', 'weight', 'bias', 'recurrent', 'hidden', 'cell'] as const),
    ...(['multiplier', 'recurrentMultiplier', 'recurrentMultiplierBias'] as const),
  ],
  fixed: ['mask'],
  outputs: ['hidden', 'cell'],

  forward(inputs) {
    const multipliers = splitSteps(inputs.multiplier); // [batch, dim] each
    const factors: tf.Tensor2D[] = []; // the state's factor of each intermediate state
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
    const [activations, factors] = tf.split(inputs.kept, [4 * dim, dim], 2) as [tf.Tensor3D, tf.Tensor3D];
    const multipliers = splitSteps(multiplier); // [batch, dim] each
    const intermediate: tf.Tensor2D[] = []; // slopes of m_t
    const slopes = runBackward(inputs, activations, (gates, step) => {
      const slope = tf.matMul<tf.Tensor2D>(gates, recurrent, false, true);
      intermediate.unshift(slope);
      return tf.matMul(tf.mul<tf.Tensor2D>(slope, multipliers[step]!), recurrentMultiplier, false, true);
    });
    const ofIntermediate = stackSteps(intermediate); // [batch, time, dim]
    const ofFactors = tf.mul<tf.Tensor3D>(ofIntermediate, multiplier);
    return [
      ...differentiateProjection(inputs, slopes.gates),
      computeWeightGradient(tf.mul<tf.Tensor3D>(multiplier, factors), slopes.gates),
      slopes.hidden,
      slopes.cell,
      tf.mul(ofIntermediate, factors),
      computeWeightGradient(shiftStates(inputs.hidden, inputs.hiddenStates), ofFactors),
      computeBiasGradient(ofFactors),
    ];
  },
};
