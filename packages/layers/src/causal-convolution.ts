import { assertInteger, assertShape, omitUndefined, type Rng } from '@footlight/core';
import { convolveRows, type RowSequences, tf, unfoldSteps } from '@footlight/engine';
import { drawVariable, fanInUniform, uniform } from './initializers.js';
import type { Layer } from './types.js';

/** Options of `causalConvolution`. */
export interface CausalConvolutionOptions {
  /** Length of an input vector. */
  readonly inputDim: number;
  /** Length of an output vector. */
  readonly dim: number;
  /** Width of the kernel: the number of steps that one output depends on. From 1. */
  readonly width: number;
  /** Distance between these steps, from 1. Default 1. */
  readonly dilation?: number;
  /** Source of the first values of weight and bias. */
  readonly rng: Rng;
  /** Function of the output, elementwise, e.g. `tf.tanh`. Default none. */
  readonly activation?: (input: tf.Tensor) => tf.Tensor;
}

/** A causal convolution. */
export interface CausalConvolution extends Layer {
  /**
   * Applies the convolution to sequences whose inputs are rows of a table, with zeros for padding. Rows that repeat are
   * multiplied once, so that it takes less time; the result differs from that of `apply` by rounding.
   *
   * @shape table `[row, inputDim]`, index and mask `[batch, time]` → `[batch, time, dim]`
   */
  applyToRows(sequences: RowSequences): tf.Tensor3D;
}

/**
 * Causal convolution: a dilated one-dimensional convolution over time in which no output depends on a later step.
 *
 * $$ y_t = f\Big(b + \sum_{k=0}^{\text{width}-1} x_{t - (\text{width} - 1 - k) \cdot \text{dilation}} W_k\Big) $$
 *
 * x_t is the input vector of step t, W_k the weight of one position of the kernel, b the bias and f the activation.
 *
 * Steps before the first are zeros. Weight and bias start within ±1/√(inputDim · width), as in PyTorch's `nn.Conv1d`.
 * The convolution is one matrix product over shifted inputs, because tfjs lacks the gradient of a convolution on some
 * backends.
 *
 * Differs from WaveNet: there is no gate and no residual connection; `activation` is the only nonlinearity.
 *
 * @example
 * const layer = causalConvolution({ inputDim: 3, dim: 5, width: 3, dilation: 2, rng, activation: tf.tanh });
 * layer.apply(input) // [batch, time, 3] → [batch, time, 5]
 * @shape `[batch, time, inputDim]` → `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, or if input vectors do not have length
 *   `inputDim`
 * @source van den Oord et al. 2016, https://arxiv.org/abs/1609.03499, section 2.1
 */
export function causalConvolution({
  inputDim,
  dim,
  width,
  dilation = 1,
  rng,
  activation,
}: CausalConvolutionOptions): CausalConvolution {
  for (const [name, size] of Object.entries({ inputDim, dim, width, dilation }))
    assertInteger(`causalConvolution(${name})`, size);
  const limit = 1 / Math.sqrt(inputDim * width);
  const weight = drawVariable<tf.Rank.R3>([width, inputDim, dim], fanInUniform(), rng.fork('weight'));
  const bias = drawVariable<tf.Rank.R1>([dim], uniform({ low: -limit, high: limit }), rng.fork('bias'));
  return {
    parameters: { weight, bias },
    apply: (input) =>
      tf.tidy(() => {
        const { batch, time } = assertShape('causalConvolution(input)', input, ['batch', 'time', 'inputDim'], {
          inputDim,
        });
        const unfolded = unfoldSteps(input as tf.Tensor3D, width, dilation);
        const windows = tf.reshape(unfolded, [-1, width * inputDim]); // [batch · time, width · inputDim]
        const sum = tf.fused.matMul({
          a: windows as tf.Tensor2D,
          b: tf.reshape(weight, [width * inputDim, dim]),
          bias,
        });
        return tf.reshape(activation ? activation(sum) : sum, [batch, time, dim]);
      }),
    applyToRows: (sequences) =>
      tf.tidy(() => {
        assertShape('causalConvolution(table)', sequences.table, ['row', 'inputDim'], { inputDim });
        const sum = convolveRows({ ...sequences, weight, bias, ...omitUndefined({ dilation }) });
        return (activation ? activation(sum) : sum) as tf.Tensor3D;
      }),
  };
}
