import { tf } from '../../tfjs/tfjs.js';

/**
 * Registers gradients of `Sum` and `Mean` that broadcast the gradient of the output. tfjs multiplies it by a tensor of
 * ones instead, which it fills in a JavaScript loop at every step. The results are equal, on this backend and on all
 * others.
 */
export function registerSumGradients(): void {
  register('Sum', () => 1);
  register('Mean', (x, dy) => dy.size / x.size);
}

function register(kernelName: string, share: (x: tf.Tensor, dy: tf.Tensor) => number): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x'],
    gradFunc(gradient, [x], attrs) {
      const dy = gradient as tf.Tensor;
      return {
        x: () =>
          repeatGradient(
            share(x!, dy) === 1 ? dy : tf.mul(dy, share(x!, dy)),
            x!.shape,
            attrs.axis as number | number[],
          ),
      };
    },
  });
}

function repeatGradient(dy: tf.Tensor, shape: number[], axis: number | number[]): tf.Tensor {
  const axes = tf.util.parseAxisParam(axis, shape);
  const reduced = shape.map((size, at) => (axes.includes(at) ? 1 : size));
  // tfjs cannot differentiate broadcastTo twice beyond four axes, and does not support it for empty tensors.
  if (shape.length > 4 || shape.includes(0)) return tf.mul(tf.reshape(dy, reduced), tf.ones(shape));
  return tf.broadcastTo(tf.reshape(dy, reduced), shape);
}
