import { assertInteger, assertShape } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';

/**
 * Each step beside those before it, oldest first: what a causal convolution multiplies.
 *
 * $$ y_t = (x_{t - (\text{width} - 1) \cdot \text{dilation}}, \dots, x_{t - \text{dilation}}, x_t), \quad x_s = 0 \text{ for } s < 0 $$
 *
 * Kernels `UnfoldSteps` and `FoldSteps`, its gradient, with the attributes `width` and `dilation`.
 *
 * @example
 * unfoldSteps(tf.tensor3d([[[1], [2], [4]]]), 2) // [[[0, 1], [1, 2], [2, 4]]]
 * @shape `[batch, time, dim]` → `[batch, time, width · dim]`
 * @throws {RecsysError} `invalid-argument` if width or dilation is no positive integer, or the input has another number of axes
 */
export function unfoldSteps(input: tf.Tensor3D, width: number, dilation = 1): tf.Tensor3D {
  assertInteger('unfoldSteps(width)', width);
  assertInteger('unfoldSteps(dilation)', dilation);
  assertShape('unfoldSteps(input)', input, ['batch', 'time', 'dim']);
  if (width === 1) return input;
  const op = tf.customGrad(((x: tf.Tensor3D) => ({
    value: kernelOr('UnfoldSteps', x, width, dilation, unfold),
    gradFunc: (dy: tf.Tensor3D) => kernelOr('FoldSteps', dy, width, dilation, fold),
  })) as Parameters<typeof tf.customGrad>[0]);
  return op(input) as tf.Tensor3D;
}

type Definition = (x: tf.Tensor3D, width: number, dilation: number) => tf.Tensor3D;

function kernelOr(name: string, x: tf.Tensor3D, width: number, dilation: number, definition: Definition): tf.Tensor3D {
  if (tf.getKernel(name, tf.getBackend()))
    return tf.engine().runKernel(name, { x }, { width, dilation }) as tf.Tensor3D;
  return tf.tidy(() => definition(x, width, dilation));
}

function unfold(x: tf.Tensor3D, width: number, dilation: number): tf.Tensor3D {
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

function fold(dy: tf.Tensor3D, width: number, dilation: number): tf.Tensor3D {
  const [batch, time, all] = dy.shape;
  const each = (tf.split(dy, width, 2) as tf.Tensor3D[]).map((slopes, k) => {
    const back = Math.min((width - 1 - k) * dilation, time);
    const seen = tf.slice(slopes, [0, back, 0], [batch, time - back, all / width]);
    return tf.pad3d(seen, [
      [0, 0],
      [0, back],
      [0, 0],
    ]);
  });
  return tf.addN(each) as tf.Tensor3D;
}
