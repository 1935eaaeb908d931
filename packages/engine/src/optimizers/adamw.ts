import { assertNumber } from '@footlight/core';
import { type AdamOptions, assertAdam, createAdamUpdates } from './adam.js';
import { createOptimizer } from './create-optimizer.js';
import type { Optimizer } from './types.js';

export interface AdamWOptions extends Omit<AdamOptions, 'l2'> {
  /**
   * Decoupled weight decay, from 0: share of the weight that each step subtracts, times the learning rate. Default
   * 0.01.
   */
  decay?: number;
}

/**
 * AdamW: Adam with decoupled weight decay, which shrinks the weight itself instead of adding to its gradient.
 *
 * $$ w \leftarrow (1 - \eta \lambda) w, \text{ then Adam with } \lambda = 0 $$
 *
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Loshchilov and Hutter, ICLR 2019, https://arxiv.org/abs/1711.05101
 */
export function adamW({
  learningRate,
  beta1 = 0.9,
  beta2 = 0.999,
  epsilon = 1e-8,
  decay = 0.01,
  rows = 'lazy',
}: AdamWOptions): Optimizer {
  assertAdam('adamW', { learningRate, beta1, beta2, epsilon });
  assertNumber('adamW(decay)', decay, { from: 0 });
  return createOptimizer({
    name: `adam-w(${learningRate})`,
    protocol: { name: 'adam-w', learningRate, beta1, beta2, epsilon, decay, rows },
    slots: ['mean', 'square'],
    ...createAdamUpdates({ learningRate, beta1, beta2, epsilon, l2: 0, decay }),
  });
}
