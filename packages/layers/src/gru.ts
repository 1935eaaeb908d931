import { gruSequence, tf } from '@footlight/engine';
import {
  assertInput,
  createProjection,
  createStartParameters,
  expandStart,
  type Recurrent,
  type RecurrentApplyOptions,
  type RecurrentOptions,
} from './recurrent.js';

/**
 * Gated recurrent unit (GRU): a recurrent layer that mixes its state with a candidate state through two gates.
 *
 * $$ r = \sigma(x_t W_r + b_r + h_{t-1} R_r + b'_r), \quad z = \sigma(x_t W_z + b_z + h_{t-1} R_z + b'_z) $$
 * $$ n = \tanh(x_t W_n + b_n + r \odot (h_{t-1} R_n + b'_n)), \quad h_t = (1 - z) \odot n + z \odot h_{t-1} $$
 *
 * x_t is the input and h_t the hidden state of step t, r the reset gate, z the update gate and n the candidate state.
 * The parameters are those of PyTorch's `nn.GRU` with transposed weights: two biases, all first values within ±1/√dim.
 * They are 3·dim·(inputDim + dim + 2) numbers, and `dim` more for a learned start.
 *
 * Differs from the paper as PyTorch does: r multiplies the product h R instead of h.
 *
 * @example
 * const { hidden } = gru({ inputDim: 3, dim: 5, rng }).apply(input, { mask }); // [batch, time, 5]
 * @shape `[batch, time, inputDim]` → hidden `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, or if shapes disagree
 * @source Cho et al. 2014, https://arxiv.org/abs/1406.1078; the variant:
 *   https://pytorch.org/docs/stable/generated/torch.nn.GRU.html
 */
export function gru(options: RecurrentOptions): Recurrent {
  const { inputDim, dim, rng } = options;
  const startParameters = createStartParameters('gru', options);
  const input = createProjection([inputDim, 3 * dim], dim, rng.fork('input'));
  const recurrent = createProjection([dim, 3 * dim], dim, rng.fork('recurrent'));
  const start = (batch: number) => ({ hidden: expandStart(startParameters.start, batch, dim) });
  const computeStates = (sequence: tf.Tensor3D, { mask, state }: RecurrentApplyOptions = {}) => {
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
    parameters: { input, recurrent, ...startParameters },
    dim,
    start,
    apply: (sequence, applyOptions) => tf.tidy(() => ({ hidden: computeStates(sequence, applyOptions) })),
    states: (_only, sequence, applyOptions) => tf.tidy(() => computeStates(sequence, applyOptions)),
  };
}
