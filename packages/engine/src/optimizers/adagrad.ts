import { assertNumber } from '@footlight/core';
import { tf } from '../tfjs/tfjs.js';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer, Rows } from './types.js';

export interface AdagradOptions {
  /** Learning rate, above 0. */
  learningRate: number;
  /** Added to the square root, so that the divisor is not 0. Default 1e-10. */
  epsilon?: number;
  /** L2 regularization, from 0: added to the gradient, times the weight. Default 0. */
  l2?: number;
  /** Rows of a table that a step updates. The two differ only where `l2` is above 0. Default `lazy`. */
  rows?: Rows;
}

/**
 * Adagrad: each entry has its own learning rate, which falls with the sum of its squared gradients.
 *
 * $$ g \leftarrow g + \lambda w, \quad s \leftarrow s + g^2, \quad w \leftarrow w - \eta \frac{g}{\sqrt{s} + \epsilon} $$
 *
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Duchi, Hazan, Singer, JMLR 12, 2011
 */
export function adagrad({ learningRate, epsilon = 1e-10, l2 = 0, rows = 'lazy' }: AdagradOptions): Optimizer {
  assertNumber('adagrad(learningRate)', learningRate, { above: 0 });
  assertNumber('adagrad(epsilon)', epsilon, { from: 0 });
  assertNumber('adagrad(l2)', l2, { from: 0 });
  return createOptimizer({
    name: `adagrad(${learningRate})`,
    protocol: { name: 'adagrad', learningRate, epsilon, l2, rows },
    slots: ['sum'],
    createUpdate:
      (_, factor) =>
      (w, at, g, from, length, [sum]) => {
        for (let i = 0; i < length; i++) {
          const gradient = g[from + i]! + l2 * w[at + i]!;
          sum![at + i]! += gradient * gradient;
          w[at + i]! -= (learningRate * factor * gradient) / (Math.sqrt(sum![at + i]!) + epsilon);
        }
      },
    createTensorUpdate:
      (_, factor) =>
      (w, g, [sum]) => {
        const gradient = l2 === 0 ? g : tf.add(g, tf.mul(l2, w));
        const total = tf.add(sum!, tf.square(gradient));
        const divisor = tf.add(tf.sqrt(total), epsilon);
        return [tf.sub(w, tf.mul(learningRate * factor, tf.div(gradient, divisor))), total];
      },
  });
}
