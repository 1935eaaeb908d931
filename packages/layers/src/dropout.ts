import { invalid } from '@footlight/core';
import { drawDropoutMask } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import type { Layer } from './types.js';

export interface DropoutOptions {
  /** Share of numbers that are set to zero, from 0 to below 1. */
  readonly rate: number;
}

/**
 * Sets numbers to zero at random while training, so that none is relied upon; the others grow by 1 / (1 − rate), which keeps the sum as it was on average.
 *
 * Each application draws its own mask from `training.rng`. Without `training` nothing happens.
 *
 * @shape `[...]` → `[...]`
 * @throws {RecsysError} `invalid-argument` if `rate` is not from 0 to below 1
 * @source Srivastava et al., JMLR 15, 2014, https://jmlr.org/papers/v15/srivastava14a.html, §10
 */
export function dropout({ rate }: DropoutOptions): Layer {
  if (!(rate >= 0 && rate < 1)) invalid('dropout(rate)', 'a number from 0 to below 1', rate);
  return {
    parameters: {},
    apply: (input, training) =>
      training && rate > 0
        ? tf.tidy(() => tf.mul(input, drawDropoutMask(input.shape, rate, training.rng)))
        : tf.clone(input),
  };
}
