import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { numericGradient } from '../testing/numeric-gradient.js';
import { tf } from '../tfjs/tfjs.js';
import { cumulativeSum } from './cumulative-sum.js';

describeOnBackends('cumulativeSum', () => {
  const [batch, time, dim] = [2, 3, 5];
  const input = Float32Array.from({ length: batch * time * dim }, (_, at) => Math.sin(at * 1.7));
  const weights = Float32Array.from({ length: batch * time * dim }, (_, at) => Math.cos(at * 0.9));
  const toTensor = (values: Float32Array) => tf.tensor3d(values, [batch, time, dim]);

  it('sums over time, in each sequence and each dimension separately', () => {
    const sums = tf.tidy(() =>
      cumulativeSum(tf.tensor3d([1, 10, 2, 20, 4, 40, 5, 50, 6, 60, 8, 80], [2, 3, 2])).dataSync(),
    );
    expect([...sums]).toEqual([1, 10, 3, 30, 7, 70, 5, 50, 11, 110, 19, 190]);
  });

  it('has the gradient of finite differences, also with time = dim', () => {
    const loss = (x: tf.Tensor) => tf.sum(tf.mul(cumulativeSum(x as tf.Tensor3D), toTensor(weights))) as tf.Scalar;
    const gradient = tf.tidy(() => tf.grad(loss)(toTensor(input)).dataSync());
    expectClose(
      gradient,
      numericGradient((values) => tf.tidy(() => loss(toTensor(values)).dataSync()[0]!), input),
      1e-2,
    );
    const square = tf.tidy(() =>
      tf
        .grad((x) =>
          tf.sum(
            tf.mul(cumulativeSum(x as tf.Tensor3D), [
              [
                [1, 2],
                [4, 8],
              ],
            ]),
          ),
        )(tf.zeros([1, 2, 2]))
        .dataSync(),
    );
    expect([...square]).toEqual([5, 10, 4, 8]); // 1 + 4, 2 + 8; the last step contributes to its own sum only
  });

  it('refuses an input without a time axis', () => {
    expect(() => cumulativeSum(tf.zeros([2, 3]) as unknown as tf.Tensor3D)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: cumulativeSum(input): expected shape [batch, time, dim], received [2, 3].]`,
    );
  });
});
