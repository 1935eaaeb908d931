import * as tf from '@tensorflow/tfjs';

/**
 * Gives sums and means gradients that repeat the slope. tfjs multiplies it by a tensor of ones, which it fills in a loop of JavaScript at every step; the
 * result is the same, here and on every other backend.
 */
export function registerSumGradients(): void {
  register('Sum', () => 1);
  register('Mean', (x, dy) => dy.size / x.size);
}

function register(kernelName: string, share: (x: tf.Tensor, dy: tf.Tensor) => number): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: ['x'],
    gradFunc(slope, [x], attrs) {
      const dy = slope as tf.Tensor;
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
  const kept = shape.map((size, at) => (axes.includes(at) ? 1 : size));
  // Beyond four axes tfjs cannot derive a repetition a second time; of nothing it cannot be made.
  if (shape.length > 4 || shape.includes(0)) return tf.mul(tf.reshape(dy, kept), tf.ones(shape));
  return tf.broadcastTo(tf.reshape(dy, kept), shape);
}
