import { assertInteger, invalid, type Rng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { drawVariable, glorotUniform, type Initializer, zeros } from './initializers.js';
import type { Layer } from './types.js';

/** Options of `dense`. */
export interface DenseOptions {
  /** Length of an input vector. */
  readonly inputDim: number;
  /** Length of an output vector. */
  readonly dim: number;
  /** Source of the first values of weight and bias. */
  readonly rng: Rng;
  /** Whether a learned bias is added to the product. Default true. */
  readonly bias?: boolean;
  /** Function of the output, elementwise, e.g. `tf.relu`. Default none. */
  readonly activation?: (input: tf.Tensor) => tf.Tensor;
  /** First values of the weight. Default `glorotUniform()`. */
  readonly weightInitializer?: Initializer;
  /** First values of the bias. Default `zeros()`. */
  readonly biasInitializer?: Initializer;
}

/**
 * Dense (fully connected) layer: multiplies each input vector by a learned matrix and adds a learned bias.
 *
 * $$ y = f(x W + b) $$
 *
 * x is an input vector, W the weight, b the bias and f the activation.
 *
 * @example
 * dense({ inputDim: 5, dim: 3, rng, activation: tf.tanh }).apply(input) // [batch, time, 5] → [batch, time, 3]
 * @shape `[..., inputDim]` → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if a size is not a positive integer, or if input vectors do not have length
 *   `inputDim`
 * @source Keras, `Dense`, whose default initializers these are, https://keras.io/api/layers/core_layers/dense/
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
        // Without this check the reshape below would read [5, 4] as [10, 2].
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
