import { invalid } from '@footlight/core';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer, Rows } from './types.js';

export interface SgdOptions {
  /** Learning rate, above 0. */
  learningRate: number;
  /** Momentum: share of the previous step that is added to this one, in [0, 1). Default 0. */
  momentum?: number;
  /** L2 regularization, from 0: added to the gradient, times the weight. Default 0. */
  l2?: number;
  /** Rows of a table that a step updates. Default `lazy`. */
  rows?: Rows;
}

/**
 * Stochastic gradient descent (SGD), with momentum and L2 regularization.
 *
 * $$ g \leftarrow g + \lambda w, \quad b \leftarrow \mu b + g, \quad w \leftarrow w - \eta b $$
 *
 * @throws {RecsysError} `invalid-argument` for options out of range
 */
export function sgd({ learningRate, momentum = 0, l2 = 0, rows = 'lazy' }: SgdOptions): Optimizer {
  if (!(learningRate > 0)) invalid('sgd(learningRate)', 'a number above 0', learningRate);
  if (!(momentum >= 0 && momentum < 1)) invalid('sgd(momentum)', 'a number in [0, 1)', momentum);
  if (!(l2 >= 0)) invalid('sgd(l2)', 'a number from 0', l2);
  return createOptimizer({
    name: `sgd(${learningRate})`,
    protocol: { name: 'sgd', learningRate, momentum, l2, rows },
    slots: momentum > 0 ? ['velocity'] : [],
    createUpdate:
      (_, factor) =>
      (w, at, g, from, length, [velocity]) => {
        for (let i = 0; i < length; i++) {
          let step = g[from + i]! + l2 * w[at + i]!;
          if (velocity) step = velocity[at + i] = momentum * velocity[at + i]! + step;
          w[at + i]! -= learningRate * factor * step;
        }
      },
  });
}
