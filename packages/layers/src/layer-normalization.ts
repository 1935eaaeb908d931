import { assertInteger, assertNumber, invalid } from '@footlight/core';
import { createVariable, layerNorm, tf } from '@footlight/engine';
import type { Layer } from './types.js';

/** Options of `layerNormalization` and `rmsNormalization`. */
export interface NormalizationOptions {
  /** Length of an input vector. */
  readonly dim: number;
  /** Added to the mean square before the root, above 0, so that vectors of zeros stay zeros. Default 1e−5. */
  readonly epsilon?: number;
}

/**
 * Layer normalization: shifts and scales each vector to mean 0 and variance 1, then by learned numbers.
 *
 * $$ y = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} \odot w + b, \quad \mu = \frac{1}{d} \sum_i x_i, \quad \sigma^2 = \frac{1}{d} \sum_i (x_i - \mu)^2 $$
 *
 * d is the length of x; the weight w starts at 1 and the bias b at 0.
 *
 * @example
 * layerNormalization({ dim: 2 }).apply(tf.tensor2d([[1, 3]])) // ≈ [[-1, 1]]
 * @shape `[..., dim]` → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if `dim` is not a positive integer, `epsilon` not above 0, or if input
 *   vectors do not have length `dim`
 * @source Ba et al. 2016, https://arxiv.org/abs/1607.06450, eq. 4
 */
export function layerNormalization({ dim, epsilon = 1e-5 }: NormalizationOptions): Layer {
  assertOptions('layerNormalization', dim, epsilon);
  const weight = createVariable<tf.Rank.R1>([dim], (values) => values.fill(1));
  const bias = createVariable<tf.Rank.R1>([dim], (values) => values);
  return {
    parameters: { weight, bias },
    apply: (input) =>
      tf.tidy(() => {
        assertVectors('layerNormalization', input, dim);
        return layerNorm({ x: input, weight: weight as tf.Tensor1D, bias: bias as tf.Tensor1D, epsilon });
      }),
  };
}

/**
 * Root mean square normalization: scales each vector to a mean square of 1, then by learned numbers.
 *
 * $$ y = \frac{x}{\sqrt{\frac{1}{d} \sum_i x_i^2 + \epsilon}} \odot w $$
 *
 * d is the length of x; the weight w starts at 1.
 *
 * @example
 * rmsNormalization({ dim: 2 }).apply(tf.tensor2d([[1, 7]])) // ≈ [[0.2, 1.4]]
 * @shape `[..., dim]` → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if `dim` is not a positive integer, `epsilon` not above 0, or if input
 *   vectors do not have length `dim`
 * @source Zhang and Sennrich 2019, https://arxiv.org/abs/1910.07467, eq. 4
 */
export function rmsNormalization({ dim, epsilon = 1e-5 }: NormalizationOptions): Layer {
  assertOptions('rmsNormalization', dim, epsilon);
  const weight = createVariable<tf.Rank.R1>([dim], (values) => values.fill(1));
  return {
    parameters: { weight },
    apply: (input) =>
      tf.tidy(() => {
        assertVectors('rmsNormalization', input, dim);
        return tf.mul(divideByLength(input, epsilon), weight);
      }),
  };
}

/** Divides each vector by the root of its mean square. */
function divideByLength(vectors: tf.Tensor, epsilon: number): tf.Tensor {
  return tf.mul(vectors, tf.rsqrt(tf.add(tf.mean(tf.square(vectors), -1, true), epsilon)));
}

function assertOptions(where: string, dim: number, epsilon: number): void {
  assertInteger(`${where}(dim)`, dim);
  assertNumber(`${where}(epsilon)`, epsilon, { above: 0 });
}

function assertVectors(where: string, input: tf.Tensor, dim: number): void {
  if (input.shape.at(-1) !== dim) invalid(`${where}(input)`, `shape [..., dim=${dim}]`, `[${input.shape.join(', ')}]`);
}
