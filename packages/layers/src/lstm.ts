import { type LstmSequenceInputs, lstmSequence } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import {
  assertInput,
  cellOf,
  projection,
  type RecurrentApplyOptions,
  type RecurrentOptions,
  type RecurrentWithCell,
  startOf,
  startParameters,
} from './recurrent.js';

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
  const { inputDim, dim, rng } = options;
  const first = startParameters('lstm', options);
  const input = projection([inputDim, 4 * dim], dim, rng.fork('input'));
  const recurrent = projection([dim, 4 * dim], dim, rng.fork('recurrent'));
  const start = (batch: number) => {
    const state = startOf(first.start, batch, dim);
    return { hidden: state, cell: state };
  };
  const inputsOf = (sequence: tf.Tensor3D, { mask, state }: RecurrentApplyOptions = {}): LstmSequenceInputs => {
    const { batch } = assertInput('lstm', sequence, inputDim);
    const from = state ?? start(batch);
    return {
      input: sequence,
      weight: input.weight,
      bias: tf.add(input.bias, recurrent.bias),
      recurrent: recurrent.weight,
      hidden: from.hidden,
      cell: cellOf('lstm', from),
      ...(mask ? { mask } : {}),
    };
  };
  return {
    parameters: { input, recurrent, ...first },
    dim,
    start,
    apply: (sequence, options) => tf.tidy(() => lstmSequence(inputsOf(sequence, options))),
    states: (only, sequence, options) => tf.tidy(() => lstmSequence(inputsOf(sequence, options), only)),
  };
}
