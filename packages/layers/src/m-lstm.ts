import { type MLstmSequenceInputs, mLstmSequence } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import { dense } from './dense.js';
import { lstmParts } from './lstm-parts.js';
import {
  projection,
  type RecurrentApplyOptions,
  type RecurrentOptions,
  type RecurrentWithCell,
  within,
} from './recurrent.js';

/**
 * Multiplicative long short-term memory: each input has its own transition from state to state.
 *
 * $$ m_t = (x_t W_{im} + b_{im}) \odot (h_{t-1} W_{hm} + b_{hm}) $$
 * $$ (i, f, g, o) = x_t W + b + m_t R + b' $$
 * $$ c_t = \sigma(f) \odot c_{t-1} + \sigma(i) \odot \tanh(g), \quad h_t = \sigma(o) \odot \tanh(c_t) $$
 *
 * All weights and biases start within ±1/√dim. With inputDim = dim and a learned start there are 10·dim² + 11·dim parameters. Differs from the paper: biases, and tanh(c) instead of tanh(o ⊙ c).
 *
 * @example
 * const { cell } = mLstm({ inputDim: 3, dim: 5, rng, start: 'learned' }).apply(input, { mask }); // [batch, time, 5]
 * @shape `[batch, time, inputDim]` → hidden and cell, each `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer, or shapes disagree
 * @source Krause et al. 2016, https://arxiv.org/abs/1609.07959, eq. 16–22
 */
export function mLstm(options: RecurrentOptions): RecurrentWithCell {
  const { inputDim, dim, rng } = options;
  const { input, recurrent, first, start, inputsOf } = lstmParts('mLstm', options);
  const initializers = { weightInitializer: within(dim), biasInitializer: within(dim) };
  const inputMultiplier = dense({ inputDim, dim, rng: rng.fork('inputMultiplier'), ...initializers });
  const recurrentMultiplier = projection([dim, dim], dim, rng.fork('recurrentMultiplier'));
  const allOf = (sequence: tf.Tensor3D, more?: RecurrentApplyOptions): MLstmSequenceInputs => ({
    ...inputsOf(sequence, more),
    multiplier: inputMultiplier.apply(sequence) as tf.Tensor3D,
    recurrentMultiplier: recurrentMultiplier.weight,
    recurrentMultiplierBias: recurrentMultiplier.bias,
  });
  return {
    parameters: { input, recurrent, inputMultiplier: inputMultiplier.parameters, recurrentMultiplier, ...first },
    dim,
    start,
    apply: (sequence, more) => tf.tidy(() => mLstmSequence(allOf(sequence, more))),
    states: (only, sequence, more) => tf.tidy(() => mLstmSequence(allOf(sequence, more), only)),
  };
}
