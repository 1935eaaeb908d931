import { assertNumber, assertShape } from '@footlight/core';
import { hasKernel, runKernel } from '../run-kernel.js';
import { tf } from '../tfjs/tfjs.js';

export interface LayerNormInputs {
  /** `[..., dim]` */
  readonly x: tf.Tensor;
  /** `[dim]`: factors of the normalized numbers. */
  readonly weight: tf.Tensor1D;
  /** `[dim]`: what is added to them. */
  readonly bias: tf.Tensor1D;
  /** What is added to the variance, above 0. */
  readonly epsilon: number;
}

/**
 * Layer normalization: shifts and scales each vector to mean 0 and variance 1, then by given numbers.
 *
 * $$ y = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} \odot w + b, \quad \mu = \frac{1}{d} \sum_i x_i, \quad \sigma^2 = \frac{1}{d} \sum_i (x_i - \mu)^2 $$
 *
 * Kernels `LayerNormalization` and `LayerNormalizationGradient`, one pass over the vectors each.
 *
 * @shape x `[..., dim]`, weight and bias `[dim]` → `[..., dim]`
 * @throws {RecsysError} `invalid-argument` if shapes disagree or `epsilon` is not above 0
 * @source Ba et al. 2016, https://arxiv.org/abs/1607.06450, eq. 4
 */
export function layerNorm(inputs: LayerNormInputs): tf.Tensor {
  const dim = inputs.x.shape.at(-1) ?? 1;
  assertShape('layerNorm(weight)', inputs.weight, ['dim'], { dim });
  assertShape('layerNorm(bias)', inputs.bias, ['dim'], { dim });
  assertNumber('layerNorm(epsilon)', inputs.epsilon, { above: 0 });
  return hasKernel('LayerNormalization') ? runNormalization(inputs) : tf.tidy(() => layerNormDefinition(inputs));
}

function runNormalization({ x, weight, bias, epsilon }: LayerNormInputs): tf.Tensor {
  const run = tf.customGrad(((x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor, save: tf.GradSaveFunc) => {
    const [value, statistics] = runKernel('LayerNormalization', { x, weight, bias, epsilon }, missing);
    save([x, weight, statistics!]);
    const gradFunc = (dy: tf.Tensor, [x, weight, statistics]: tf.Tensor[]) =>
      runKernel('LayerNormalizationGradient', { x, weight, statistics, epsilon, gradients: dy }, missing);
    return { value: value!, gradFunc };
  }) as Parameters<typeof tf.customGrad>[0]);
  return run(x, weight, bias);
}

function missing(): tf.Tensor[] {
  throw new Error('LayerNormalization: expected the kernels of a backend that has them.'); // `hasKernel` was asked
}

function layerNormDefinition({ x, weight, bias, epsilon }: LayerNormInputs): tf.Tensor {
  const centered = tf.sub(x, tf.mean(x, -1, true));
  const factor = tf.rsqrt(tf.add(tf.mean(tf.square(centered), -1, true), epsilon));
  return tf.add(tf.mul(tf.mul(centered, factor), weight), bias);
}
