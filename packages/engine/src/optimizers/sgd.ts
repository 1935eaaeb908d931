import { assertNumber, invalid, omitUndefined } from '@footlight/core';
import { tf } from '../tfjs/tfjs.js';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer, Rows } from './types.js';

export interface SgdOptions {
  /** Learning rate, above 0. */
  learningRate: number;
  /** Momentum: share of the previous step that is added to this one, in [0, 1). Default 0. */
  momentum?: number;
  /** L2 regularization, from 0: added to the gradient, times the weight. Default 0. */
  l2?: number;
  /** Rows of a table that a step updates. Default `lazy`; `dense` with `faithful`. */
  rows?: Rows;
  /**
   * `never-clears-gradients`: every step adds the gradients of all steps before, as a PyTorch loop without
   * `zero_grad()` does. That is momentum of exactly 1. Default: a step uses its own gradient.
   */
  faithful?: 'never-clears-gradients';
}

/**
 * Stochastic gradient descent (SGD), with momentum and L2 regularization.
 *
 * $$ g \leftarrow g + \lambda w, \quad b \leftarrow \mu b + g, \quad w \leftarrow w - \eta b $$
 *
 * With `faithful: 'never-clears-gradients'` gradients accumulate from the first step on: $\mu = 1$ on all rows.
 *
 * @throws {RecsysError} `invalid-argument` for options out of range, or for `faithful` with momentum, `l2` or lazy rows
 */
export function sgd({ learningRate, momentum = 0, l2 = 0, faithful, ...options }: SgdOptions): Optimizer {
  const { rows = faithful ? 'dense' : 'lazy' } = options;
  assertNumber('sgd(learningRate)', learningRate, { above: 0 });
  assertNumber('sgd(momentum)', momentum, { from: 0, below: 1 });
  assertNumber('sgd(l2)', l2, { from: 0 });
  if (faithful !== undefined && faithful !== 'never-clears-gradients')
    invalid('sgd(faithful)', "'never-clears-gradients'", faithful);
  if (faithful && (momentum > 0 || l2 > 0 || rows === 'lazy'))
    invalid('sgd(faithful)', 'neither momentum nor l2 nor lazy rows beside it', `${momentum}, ${l2}, ${rows}`);
  const decay = faithful ? 1 : momentum;
  return createOptimizer({
    name: faithful ? `sgd(${learningRate}, ${faithful})` : `sgd(${learningRate})`,
    protocol: { name: 'sgd', learningRate, momentum: decay, l2, rows, ...omitUndefined({ faithful }) },
    slots: decay > 0 ? ['velocity'] : [],
    createUpdate:
      (_, factor) =>
      (w, at, g, from, length, [velocity]) => {
        for (let i = 0; i < length; i++) {
          let step = g[from + i]! + l2 * w[at + i]!;
          if (velocity) step = velocity[at + i] = decay * velocity[at + i]! + step;
          w[at + i]! -= learningRate * factor * step;
        }
      },
    createTensorUpdate:
      (_, factor) =>
      (w, g, [velocity]) => {
        const gradient = l2 === 0 ? g : tf.add(g, tf.mul(l2, w));
        const step = velocity ? tf.add(tf.mul(decay, velocity), gradient) : gradient;
        const weights = tf.sub(w, tf.mul(learningRate * factor, step));
        return velocity ? [weights, step] : [weights];
      },
  });
}
