import { type MLstmSequenceInputs, mLstmSequence, tf } from '@footlight/engine';
import { dense } from './dense.js';
import { createLstmParts } from './lstm-parts.js';
import {
  createProjection,
  type RecurrentApplyOptions,
  type RecurrentOptions,
  type RecurrentWithCell,
  uniformWithin,
} from './recurrent.js';

/**
 * Multiplicative LSTM (mLSTM): an LSTM whose transition from state to state depends on the input of the step.
 *
 * $$ m_t = (x_t W_{im} + b_{im}) \odot (h_{t-1} W_{hm} + b_{hm}) $$
 * $$ (i, f, g, o) = x_t W + b + m_t R + b' $$
 * $$ c_t = \sigma(f) \odot c_{t-1} + \sigma(i) \odot \tanh(g), \quad h_t = \sigma(o) \odot \tanh(c_t) $$
 *
 * x_t is the input, h_t the hidden state and c_t the cell state of step t, and m_t replaces h in the gates of the LSTM.
 *
 * All weights and biases start within ±1/√dim. With inputDim = dim and a learned start there are 10·dim² + 11·dim
 * parameters.
 *
 * Differs from the paper: it has biases, and h is o ⊙ tanh(c) instead of tanh(o ⊙ c).
 *
 * @example
 * const { cell } = mLstm({ inputDim: 3, dim: 5, rng, start: 'learned' }).apply(input, { mask }); // [batch, time, 5]
 * @shape `[batch, time, inputDim]` → hidden and cell, each `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, or if shapes disagree
 * @source Krause et al. 2016, https://arxiv.org/abs/1609.07959, eq. 16–22
 */
export function mLstm(options: RecurrentOptions): RecurrentWithCell {
  const { inputDim, dim, rng } = options;
  const { input, recurrent, startParameters, start, toSequenceInputs } = createLstmParts('mLstm', options);
  const initializers = { weightInitializer: uniformWithin(dim), biasInitializer: uniformWithin(dim) };
  const inputMultiplier = dense({ inputDim, dim, rng: rng.fork('inputMultiplier'), ...initializers });
  const recurrentMultiplier = createProjection([dim, dim], dim, rng.fork('recurrentMultiplier'));
  const toInputs = (sequence: tf.Tensor3D, applyOptions?: RecurrentApplyOptions): MLstmSequenceInputs => ({
    ...toSequenceInputs(sequence, applyOptions),
    multiplier: inputMultiplier.apply(sequence) as tf.Tensor3D,
    recurrentMultiplier: recurrentMultiplier.weight,
    recurrentMultiplierBias: recurrentMultiplier.bias,
  });
  return {
    parameters: {
      input,
      recurrent,
      inputMultiplier: inputMultiplier.parameters,
      recurrentMultiplier,
      ...startParameters,
    },
    dim,
    start,
    apply: (sequence, applyOptions) => tf.tidy(() => mLstmSequence(toInputs(sequence, applyOptions))),
    states: (only, sequence, applyOptions) => tf.tidy(() => mLstmSequence(toInputs(sequence, applyOptions), only)),
  };
}
