import { assertInteger, invalid, type Rng } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import { drawVariable, glorotUniform, type Initializer, zeros } from './initializers.js';
import type { Layer } from './types.js';

export interface DenseOptions {
  /** Length of a vector that goes in. */
  readonly inputDim: number;
  /** Length of a vector that comes out. */
  readonly dim: number;
  readonly rng: Rng;
  /** Add a learned vector to the product. Default true. */
  readonly bias?: boolean;
  /** Applied to every number that comes out, e.g. `tf.relu`. Default none. */
  readonly activation?: (input: tf.Tensor) => tf.Tensor;
  /** First values of the weight. Default `glorotUniform()`. */
  readonly weightInitializer?: Initializer;
  /** First values of the bias. Default `zeros()`. */
  readonly biasInitializer?: Initializer;
}

/**
 * A matrix product: every number that comes out is a weighted sum of those that go in.
 *
 * $$ y = f(x W + b) $$
 *
 * @shape `[..., inputDim]` → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if a size is no positive integer, or the input has vectors of another length
 */
export function dense(options: DenseOptions): Layer {
  const {
    inputDim,
    dim,
    rng,
    bias = true,
    activation,
    weightInitializer = glorotUniform(),
    biasInitializer = zeros(),
  } = options;
  assertInteger('dense(inputDim)', inputDim);
  assertInteger('dense(dim)', dim);
  const weight = drawVariable<tf.Rank.R2>([inputDim, dim], weightInitializer, rng.fork('weight'));
  const offset = bias ? drawVariable<tf.Rank.R1>([dim], biasInitializer, rng.fork('bias')) : undefined;
  return {
    parameters: { weight, ...(offset ? { bias: offset } : {}) },
    apply: (input) =>
      tf.tidy(() => {
        // [5, 4] would otherwise be taken for [10, 2].
        if (input.shape.at(-1) !== inputDim)
          invalid('dense(input)', `shape [..., inputDim=${inputDim}]`, `[${input.shape.join(', ')}]`);
        const sum = tf.fused.matMul({
          a: tf.reshape(input, [-1, inputDim]),
          b: weight,
          ...(offset ? { bias: offset } : {}),
        }); // [row, dim]
        return tf.reshape(activation ? activation(sum) : sum, [...input.shape.slice(0, -1), dim]);
      }),
  };
}
