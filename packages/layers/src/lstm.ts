import { lstmSequence } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import { lstmParts } from './lstm-parts.js';
import type { RecurrentOptions, RecurrentWithCell } from './recurrent.js';

/**
 * Long short-term memory: a cell state that gates write to, keep and read from.
 *
 * $$ (i, f, g, o) = x_t W + b + h_{t-1} R + b' $$
 * $$ c_t = \sigma(f) \odot c_{t-1} + \sigma(i) \odot \tanh(g), \quad h_t = \sigma(o) \odot \tanh(c_t) $$
 *
 * Parameters are those of PyTorch's `nn.LSTM` (two biases, all within ±1/√dim at first), weights transposed: 4·dim·(inputDim + dim + 2), and `dim` for a learned start.
 *
 * @example
 * const { hidden } = lstm({ inputDim: 3, dim: 5, rng }).apply(input, { mask }); // [batch, time, 5]
 * @shape `[batch, time, inputDim]` → hidden and cell, each `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer, or shapes disagree
 * @source Hochreiter and Schmidhuber, Neural Computation 9(8), 1997, https://doi.org/10.1162/neco.1997.9.8.1735; forget gate: Gers et al. 2000
 */
export function lstm(options: RecurrentOptions): RecurrentWithCell {
  const { input, recurrent, first, start, inputsOf } = lstmParts('lstm', options);
  return {
    parameters: { input, recurrent, ...first },
    dim: options.dim,
    start,
    apply: (sequence, more) => tf.tidy(() => lstmSequence(inputsOf(sequence, more))),
    states: (only, sequence, more) => tf.tidy(() => lstmSequence(inputsOf(sequence, more), only)),
  };
}
