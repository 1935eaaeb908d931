import { invalid } from '@footlight/core';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer, Rows } from './types.js';

export interface SgdOptions {
  /** Above 0. */
  learningRate: number;
  /** Share of the last step that is kept, in [0, 1). Default 0. */
  momentum?: number;
  /** Added to the gradient, times the weight. Default 0. */
  l2?: number;
  /** Default `lazy`. */
  rows?: Rows;
}

/**
 * Stochastic gradient descent.
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
    rows,
    slots: momentum > 0 ? ['velocity'] : [],
    kernelAt:
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
