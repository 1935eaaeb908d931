import { gruSequence } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import {
  assertInput,
  projection,
  type Recurrent,
  type RecurrentApplyOptions,
  type RecurrentOptions,
  startOf,
  startParameters,
} from './recurrent.js';

/**
 * Gated recurrent units: one gate forgets on the way into the candidate, the other mixes the candidate with the old state.
 *
 * $$ r = \sigma(x_t W_r + b_r + h_{t-1} R_r + b'_r), \quad z = \sigma(x_t W_z + b_z + h_{t-1} R_z + b'_z) $$
 * $$ n = \tanh(x_t W_n + b_n + r \odot (h_{t-1} R_n + b'_n)), \quad h_t = (1 - z) \odot n + z \odot h_{t-1} $$
 *
 * Parameters are those of PyTorch's `nn.GRU` (two biases, all within ±1/√dim at first), weights transposed: 3·dim·(inputDim + dim + 2), and `dim` for a learned start.
 * Differs from the paper as PyTorch does: r is multiplied after the product with the state, and z keeps the old state.
 *
 * @example
 * const { hidden } = gru({ inputDim: 3, dim: 5, rng }).apply(input, { mask }); // [batch, time, 5]
 * @shape `[batch, time, inputDim]` → hidden `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer, or shapes disagree
 * @source Cho et al. 2014, https://arxiv.org/abs/1406.1078; the variant: https://pytorch.org/docs/stable/generated/torch.nn.GRU.html
 */
export function gru(options: RecurrentOptions): Recurrent {
  const { inputDim, dim, rng } = options;
  const first = startParameters('gru', options);
  const input = projection([inputDim, 3 * dim], dim, rng.fork('input'));
  const recurrent = projection([dim, 3 * dim], dim, rng.fork('recurrent'));
  const start = (batch: number) => ({ hidden: startOf(first.start, batch, dim) });
  const statesOf = (sequence: tf.Tensor3D, { mask, state }: RecurrentApplyOptions = {}) => {
    const { batch } = assertInput('gru', sequence, inputDim);
    return gruSequence({
      input: sequence,
      weight: input.weight,
      bias: input.bias,
      recurrent: recurrent.weight,
      recurrentBias: recurrent.bias,
      hidden: (state ?? start(batch)).hidden,
      ...(mask ? { mask } : {}),
    });
  };
  return {
    parameters: { input, recurrent, ...first },
    dim,
    start,
    apply: (sequence, options) => tf.tidy(() => ({ hidden: statesOf(sequence, options) })),
    states: (_, sequence, options) => tf.tidy(() => statesOf(sequence, options)),
  };
}
