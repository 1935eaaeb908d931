import { assertNumber } from '@footlight/core';
import { drawDropoutMask, tf } from '@footlight/engine';
import type { Layer } from './types.js';

/** Options of `dropout`. */
export interface DropoutOptions {
  /** Expected share of numbers that are set to zero, from 0 to below 1. */
  readonly rate: number;
}

/**
 * Dropout: sets numbers to zero at random during training and scales the others by 1 / (1 − rate).
 *
 * $$ y_i = \frac{m_i}{1 - \text{rate}}\, x_i, \quad P(m_i = 1) = 1 - \text{rate} $$
 *
 * Each call of `apply` draws a new mask from `training.rng`. Without `training` the input is returned as it is.
 *
 * This is the form of section 10 of the paper; the main form scales by 1 − rate at prediction time, with the same
 * expected output.
 *
 * @example
 * dropout({ rate: 0.5 }).apply(tf.ones([4]), { rng: createRng(42) }) // each number is 0 or 2
 * @shape `[...]` → `[...]`
 * @throws {RecsysError} `invalid-argument` if `rate` is not from 0 to below 1
 * @source Srivastava et al., JMLR 15, 2014, https://jmlr.org/papers/v15/srivastava14a.html, §10
 */
export function dropout({ rate }: DropoutOptions): Layer {
  assertNumber('dropout(rate)', rate, { from: 0, below: 1 });
  return {
    parameters: {},
    apply: (input, training) =>
      training && rate > 0
        ? tf.tidy(() => tf.mul(input, drawDropoutMask(input.shape, rate, training.rng)))
        : tf.clone(input),
  };
}
