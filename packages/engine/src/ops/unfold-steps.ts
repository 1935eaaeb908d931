import { assertInteger, assertShape } from '@footlight/core';
import { runKernel } from '../run-kernel.js';
import { tf } from '../tfjs/tfjs.js';

/**
 * Unfolds a sequence into sliding windows (im2col): each step with the steps before it, oldest first, as a causal
 * convolution multiplies them.
 *
 * $$ y_t = (x_{t - (\text{width} - 1) \cdot \text{dilation}}, \dots, x_{t - \text{dilation}}, x_t), \quad x_s = 0 \text{ for } s < 0 $$
 *
 * Kernels `UnfoldSteps` and `FoldSteps`, its gradient, with the attributes `width` and `dilation`.
 *
 * @example
 * unfoldSteps(tf.tensor3d([[[1], [2], [4]]]), 2) // [[[0, 1], [1, 2], [2, 4]]]
 * @shape `[batch, time, dim]` → `[batch, time, width · dim]`
 * @throws {RecsysError} `invalid-argument` if width or dilation is not a positive integer, or the input has another
 *   number of axes
 */
export function unfoldSteps(input: tf.Tensor3D, width: number, dilation = 1): tf.Tensor3D {
  assertInteger('unfoldSteps(width)', width);
  assertInteger('unfoldSteps(dilation)', dilation);
  assertShape('unfoldSteps(input)', input, ['batch', 'time', 'dim']);
  if (width === 1) return input;
  const op = tf.customGrad(((x: tf.Tensor3D) => ({
    value: runKernel('UnfoldSteps', { x, width, dilation }, unfold),
    gradFunc: (dy: tf.Tensor3D) => runKernel('FoldSteps', { x: dy, width, dilation }, fold),
  })) as Parameters<typeof tf.customGrad>[0]);
  return op(input) as tf.Tensor3D;
}

interface Inputs {
  readonly x: tf.Tensor3D;
  readonly width: number;
  readonly dilation: number;
}

function unfold({ x, width, dilation }: Inputs): tf.Tensor3D {
  const padded = tf.pad3d(x, [
    [0, 0],
    [(width - 1) * dilation, 0],
    [0, 0],
  ]);
  return tf.concat(
    Array.from({ length: width }, (_, k) => tf.slice(padded, [0, k * dilation, 0], x.shape)),
    2,
  );
}

function fold({ x, width, dilation }: Inputs): tf.Tensor3D {
  const [batch, time, all] = x.shape;
  const shifted = (tf.split(x, width, 2) as tf.Tensor3D[]).map((gradients, k) => {
    const shift = Math.min((width - 1 - k) * dilation, time);
    const inside = tf.slice(gradients, [0, shift, 0], [batch, time - shift, all / width]);
    return tf.pad3d(inside, [
      [0, 0],
      [0, shift],
      [0, 0],
    ]);
  });
  return tf.addN(shifted) as tf.Tensor3D;
}
