import { invalid } from '@footlight/core';
import { createOptimizer, type Kernel } from './create-optimizer.js';
import type { Optimizer, Rows } from './types.js';

export interface AdamOptions {
  /** Above 0. */
  learningRate: number;
  /** Decay of the first moment, in [0, 1). Default 0.9. */
  beta1?: number;
  /** Decay of the second moment, in [0, 1). Default 0.999. */
  beta2?: number;
  /** Added to the root, against division by 0. Default 1e-8 (PyTorch); Keras has 1e-7. */
  epsilon?: number;
  /** Added to the gradient, times the weight (what PyTorch's Adam calls weight decay). Default 0. */
  l2?: number;
  /** Default `lazy`. */
  rows?: Rows;
}

/**
 * Adam.
 *
 * $$ g \leftarrow g + \lambda w, \quad m \leftarrow \beta_1 m + (1 - \beta_1) g, \quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2 $$
 * $$ w \leftarrow w - \frac{\eta}{1 - \beta_1^t} \frac{m}{\sqrt{v / (1 - \beta_2^t)} + \epsilon} $$
 *
 * `t` counts steps of the optimizer, also where rows are lazy (as PyTorch's SparseAdam).
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
  assertAdam('adam', { learningRate, beta1, beta2 });
  if (!(l2 >= 0)) invalid('adam(l2)', 'a number from 0', l2);
  return createOptimizer({
    name: `adam(${learningRate})`,
    protocol: { name: 'adam', learningRate, beta1, beta2, epsilon, l2, rows },
    rows,
    slots: ['mean', 'square'],
    kernelAt: (step, factor) => adamKernel({ rate: learningRate * factor, beta1, beta2, epsilon, l2, decay: 0 }, step),
  });
}

/** Adam's update with decay of either kind: `l2` joins the gradient, `decay` shrinks the weight itself. */
export function adamKernel(
  { rate, beta1, beta2, epsilon, l2, decay }: Record<'rate' | 'beta1' | 'beta2' | 'epsilon' | 'l2' | 'decay', number>,
  step: number,
): Kernel {
  const size = rate / (1 - beta1 ** step);
  const correction = 1 / Math.sqrt(1 - beta2 ** step);
  const kept = 1 - rate * decay;
  return (w, at, g, from, length, [mean, square]) => {
    for (let i = at; i < at + length; i++) {
      const weight = w[i]! * kept;
      const gradient = g[from + i - at]! + l2 * weight;
      const m = beta1 * mean![i]! + (1 - beta1) * gradient;
      const v = beta2 * square![i]! + (1 - beta2) * gradient * gradient;
      mean![i] = m;
      square![i] = v;
      w[i] = weight - (size * m) / (Math.sqrt(v) * correction + epsilon);
    }
  };
}

export function assertAdam(
  where: string,
  { learningRate, beta1, beta2 }: Record<'learningRate' | 'beta1' | 'beta2', number>,
): void {
  if (!(learningRate > 0)) invalid(`${where}(learningRate)`, 'a number above 0', learningRate);
  if (!(beta1 >= 0 && beta1 < 1)) invalid(`${where}(beta1)`, 'a number in [0, 1)', beta1);
  if (!(beta2 >= 0 && beta2 < 1)) invalid(`${where}(beta2)`, 'a number in [0, 1)', beta2);
}
