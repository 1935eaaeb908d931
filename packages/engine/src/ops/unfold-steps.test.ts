import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { numericGradient } from '../testing/numeric-gradient.js';
import { tf } from '../tfjs/tfjs.js';
import { unfoldSteps } from './unfold-steps.js';

const createInput = () => tf.tensor3d([1, 10, 2, 20, 4, 40, 5, 50, 6, 60, 8, 80], [2, 3, 2]);

describeOnBackends('unfoldSteps', () => {
  it('joins each step with the steps before it, in each sequence separately', () => {
    const [near, far] = tf.tidy(() => [
      unfoldSteps(createInput(), 2).arraySync(),
      unfoldSteps(createInput(), 2, 2).arraySync(),
    ]);
    expect(near).toEqual([
      [
        [0, 0, 1, 10],
        [1, 10, 2, 20],
        [2, 20, 4, 40],
      ],
      [
        [0, 0, 5, 50],
        [5, 50, 6, 60],
        [6, 60, 8, 80],
      ],
    ]);
    expect(far.map((sequence) => sequence.map((step) => step[0]))).toEqual([
      [0, 0, 1],
      [0, 0, 5],
    ]);
  });

  it.each([
    [3, 1],
    [2, 2],
    [3, 2], // the first of the three is always before the sequence
    [1, 1],
    [2, 7], // further back than the sequences are long
  ])('has the gradient of finite differences: width %i, dilation %i', (width, dilation) => {
    const [batch, time, dim] = [2, 4, 3];
    const input = Float32Array.from({ length: batch * time * dim }, (_, at) => Math.sin(at * 1.7));
    const weights = tf.tensor3d(
      Float32Array.from({ length: batch * time * width * dim }, (_, at) => Math.cos(at * 0.9)),
      [batch, time, width * dim],
    );
    const loss = (x: tf.Tensor) => tf.sum(tf.mul(unfoldSteps(x as tf.Tensor3D, width, dilation), weights)) as tf.Scalar;
    const toTensor = (values: Float32Array) => tf.tensor3d(values, [batch, time, dim]);
    const gradient = tf.tidy(() => tf.grad(loss)(toTensor(input)).dataSync());
    expectClose(
      gradient,
      numericGradient((values) => tf.tidy(() => loss(toTensor(values)).dataSync()[0]!), input),
      1e-2,
    );
    weights.dispose();
  });

  it('refuses invalid sizes and shapes', () => {
    expect(() => unfoldSteps(createInput(), 0)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: unfoldSteps(width): expected a positive integer, received 0.]`,
    );
    expect(() => unfoldSteps(createInput(), 2, 1.5)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: unfoldSteps(dilation): expected a positive integer, received 1.5.]`,
    );
    expect(() => unfoldSteps(tf.zeros([2, 3]) as unknown as tf.Tensor3D, 2)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: unfoldSteps(input): expected shape [batch, time, dim], received [2, 3].]`,
    );
  });
});
