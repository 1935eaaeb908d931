import { assertShape } from '@footlight/core';
import { tf } from '../tfjs/tfjs.js';

/**
 * Cumulative sum over time, with a correct gradient.
 *
 * $$ y_t = \sum_{j \le t} x_j $$
 *
 * The gradient of tfjs's `cumsum` is wrong on every axis but the last.
 *
 * @example
 * cumulativeSum(tf.tensor3d([[[1], [2], [4]]])) // [[[1], [3], [7]]]
 * @shape `[batch, time, dim]` → `[batch, time, dim]`
 * @throws {RecsysError} `invalid-argument` if the input has another number of axes
 */
export function cumulativeSum(input: tf.Tensor3D): tf.Tensor3D {
  assertShape('cumulativeSum(input)', input, ['batch', 'time', 'dim']);
  const op = tf.customGrad(((x: tf.Tensor3D) => ({
    value: tf.cumsum(x, 1),
    gradFunc: (dy: tf.Tensor3D) => tf.cumsum(dy, 1, false, true), // step j contributes to its own and every later sum
  })) as Parameters<typeof tf.customGrad>[0]);
  return op(input) as tf.Tensor3D;
}
