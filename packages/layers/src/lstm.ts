import { lstmSequence, lstmSequenceOfRows, tf } from '@footlight/engine';
import { createLstmParts } from './lstm-parts.js';
import type { RecurrentApplyOptions, RecurrentOptions, RecurrentStates, RecurrentWithCell } from './recurrent.js';

/** A long short-term memory. */
export interface Lstm extends RecurrentWithCell {
  /**
   * Returns one kind of states of sequences whose inputs are rows of a table, as `states` does with
   * `tf.gather(table, index)`. Rows that repeat are multiplied once, so that it takes less time.
   *
   * @shape table `[row, inputDim]`, index `[batch, time]` int32 → `[batch, time, dim]`
   */
  statesOfRows(
    only: keyof RecurrentStates,
    table: tf.Tensor2D,
    index: tf.Tensor2D,
    options?: RecurrentApplyOptions,
  ): tf.Tensor3D;
}

/**
 * Long short-term memory (LSTM): a recurrent layer with a cell state that gates erase, write and read.
 *
 * $$ (i, f, g, o) = x_t W + b + h_{t-1} R + b' $$
 * $$ c_t = \sigma(f) \odot c_{t-1} + \sigma(i) \odot \tanh(g), \quad h_t = \sigma(o) \odot \tanh(c_t) $$
 *
 * x_t is the input, h_t the hidden state and c_t the cell state of step t; f is the forget gate, i the input gate, o
 * the output gate and g the candidate. The parameters are those of PyTorch's `nn.LSTM` with transposed weights: two
 * biases, all first values within ±1/√dim. They are 4·dim·(inputDim + dim + 2) numbers, and `dim` more for a learned
 * start.
 *
 * Differs from the paper of 1997: it has the forget gate that Gers et al. added in 2000.
 *
 * @example
 * const { hidden } = lstm({ inputDim: 3, dim: 5, rng }).apply(input, { mask }); // [batch, time, 5]
 * @shape `[batch, time, inputDim]` → hidden and cell, each `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, or if shapes disagree
 * @source Hochreiter and Schmidhuber, Neural Computation 9(8), 1997, https://doi.org/10.1162/neco.1997.9.8.1735; forget
 *   gate: Gers et al. 2000
 */
export function lstm(options: RecurrentOptions): Lstm {
  const { input, recurrent, startParameters, start, toOtherInputs, toSequenceInputs } = createLstmParts(
    'lstm',
    options,
  );
  return {
    parameters: { input, recurrent, ...startParameters },
    dim: options.dim,
    start,
    apply: (sequence, applyOptions) => tf.tidy(() => lstmSequence(toSequenceInputs(sequence, applyOptions))),
    states: (only, sequence, applyOptions) =>
      tf.tidy(() => lstmSequence(toSequenceInputs(sequence, applyOptions), only)),
    statesOfRows: (only, table, index, applyOptions) =>
      tf.tidy(() => lstmSequenceOfRows({ table, index, ...toOtherInputs(index.shape[0], applyOptions) }, only)),
  };
}
