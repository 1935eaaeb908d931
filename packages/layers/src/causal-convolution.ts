import { assertInteger, assertShape, type Rng } from '@footlight/core';
import { unfoldSteps } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import { drawVariable, fanInUniform, uniform } from './initializers.js';
import type { Layer } from './types.js';

export interface CausalConvolutionOptions {
  /** Length of a vector that goes in. */
  readonly inputDim: number;
  /** Length of a vector that comes out. */
  readonly dim: number;
  /** Number of steps that are seen at once. */
  readonly width: number;
  /** Distance between these steps. Default 1. */
  readonly dilation?: number;
  readonly rng: Rng;
  /** Applied to every number that comes out, e.g. `tf.tanh`. Default none. */
  readonly activation?: (input: tf.Tensor) => tf.Tensor;
}

/**
 * A convolution over time that sees no later step; before the first step there are zeros.
 *
 * $$ y_t = f\Big(b + \sum_{k=0}^{\text{width}-1} x_{t - (\text{width} - 1 - k) \cdot \text{dilation}} W_k\Big) $$
 *
 * Weight and bias start within ±1/√(inputDim · width), as PyTorch's `nn.Conv1d`. Written as one matrix product over shifted inputs: tfjs has no gradient of a convolution on wasm.
 *
 * @example
 * causalConvolution({ inputDim: 3, dim: 5, width: 3, dilation: 2, rng, activation: tf.tanh }).apply(input) // [batch, time, 5]
 * @shape `[batch, time, inputDim]` → `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer, or the input has vectors of another length
 * @source van den Oord et al. 2016, https://arxiv.org/abs/1609.03499, section 2.1
 */
export function causalConvolution({
  inputDim,
  dim,
  width,
  dilation = 1,
  rng,
  activation,
}: CausalConvolutionOptions): Layer {
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
        const seen = tf.reshape(unfoldSteps(input as tf.Tensor3D, width, dilation), [-1, width * inputDim]); // [batch · time, width · inputDim]
        const sum = tf.fused.matMul({ a: seen as tf.Tensor2D, b: tf.reshape(weight, [width * inputDim, dim]), bias });
        return tf.reshape(activation ? activation(sum) : sum, [batch, time, dim]);
      }),
  };
}
