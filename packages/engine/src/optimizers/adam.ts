import { assertNumber } from '@footlight/core';
import { tf } from '../tfjs/tfjs.js';
import { createOptimizer, type OptimizerRule } from './create-optimizer.js';
import type { Optimizer, Rows } from './types.js';

export interface AdamOptions {
  /** Learning rate, above 0. */
  learningRate: number;
  /** Decay rate of the first moment, in [0, 1). Default 0.9. */
  beta1?: number;
  /** Decay rate of the second moment, in [0, 1). Default 0.999. */
  beta2?: number;
  /** Added to the square root, so that the divisor is not 0. Default 1e-8 (PyTorch); Keras has 1e-7. */
  epsilon?: number;
  /**
   * L2 regularization, from 0: added to the gradient, times the weight (the `weight_decay` of PyTorch's Adam). Default
   * 0.
   */
  l2?: number;
  /** Rows of a table that a step updates. Default `lazy`. */
  rows?: Rows;
}

/**
 * Adam: adaptive learning rates from estimates of the first and second moments of the gradients.
 *
 * $$ g \leftarrow g + \lambda w, \quad m \leftarrow \beta_1 m + (1 - \beta_1) g, \quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2 $$
 * $$ w \leftarrow w - \frac{\eta}{1 - \beta_1^t} \frac{m}{\sqrt{v / (1 - \beta_2^t)} + \epsilon} $$
 *
 * `t` counts the steps of the optimizer, with lazy rows too, as in PyTorch's SparseAdam.
 *
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Kingma and Ba, ICLR 2015, https://arxiv.org/abs/1412.6980
 */
export function adam({
  learningRate,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
  l2 = 0,
  rows = 'lazy',
}: AdamOptions): Optimizer {
  assertAdam('adam', { learningRate, beta1, beta2, epsilon });
  assertNumber('adam(l2)', l2, { from: 0 });
  return createOptimizer({
    name: `adam(${learningRate})`,
    protocol: { name: 'adam', learningRate, beta1, beta2, epsilon, l2, rows },
    slots: ['mean', 'square'],
    ...createAdamUpdates({ learningRate, beta1, beta2, epsilon, l2, decay: 0 }),
  });
}

type AdamNumbers = Record<'learningRate' | 'beta1' | 'beta2' | 'epsilon' | 'l2' | 'decay', number>;

/**
 * Creates the updates of Adam with both kinds of regularization: `l2` adds to the gradient, `decay` shrinks the weight
 * itself.
 */
export function createAdamUpdates({
  learningRate,
  beta1,
  beta2,
  epsilon,
  l2,
  decay,
}: AdamNumbers): Pick<OptimizerRule, 'createUpdate' | 'createTensorUpdate'> {
  /** What does not depend on the entry. */
  const prepare = (step: number, factor: number) => ({
    size: (learningRate * factor) / (1 - beta1 ** step),
    correction: 1 / Math.sqrt(1 - beta2 ** step),
    shrinkage: 1 - learningRate * factor * decay,
  });
  return {
    createUpdate(step, factor) {
      const { size, correction, shrinkage } = prepare(step, factor);
      return (w, at, g, from, length, [mean, square]) => {
        for (let i = at; i < at + length; i++) {
          const weight = w[i]! * shrinkage;
          const gradient = g[from + i - at]! + l2 * weight;
          const m = beta1 * mean![i]! + (1 - beta1) * gradient;
          const v = beta2 * square![i]! + (1 - beta2) * gradient * gradient;
          mean![i] = m;
          square![i] = v;
          w[i] = weight - (size * m) / (Math.sqrt(v) * correction + epsilon);
        }
      };
    },
    createTensorUpdate(step, factor) {
      const { size, correction, shrinkage } = prepare(step, factor);
      return (w, g, [mean, square]) => {
        const weights = shrinkage === 1 ? w : tf.mul(w, shrinkage);
        const gradient = l2 === 0 ? g : tf.add(g, tf.mul(l2, weights));
        const m = tf.add(tf.mul(beta1, mean!), tf.mul(1 - beta1, gradient));
        const v = tf.add(tf.mul(beta2, square!), tf.mul(1 - beta2, tf.square(gradient)));
        const divisor = tf.add(tf.mul(tf.sqrt(v), correction), epsilon);
        return [tf.sub(weights, tf.mul(size, tf.div(m, divisor))), m, v];
      };
    },
  };
}

export function assertAdam(
  where: string,
  { learningRate, beta1, beta2, epsilon }: Record<'learningRate' | 'beta1' | 'beta2' | 'epsilon', number>,
): void {
  assertNumber(`${where}(learningRate)`, learningRate, { above: 0 });
  assertNumber(`${where}(beta1)`, beta1, { from: 0, below: 1 });
  assertNumber(`${where}(beta2)`, beta2, { from: 0, below: 1 });
  assertNumber(`${where}(epsilon)`, epsilon, { from: 0 });
}
