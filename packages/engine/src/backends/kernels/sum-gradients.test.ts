import { expect, it } from 'vitest';
import { describeOnBackends } from '../../testing/describe-on-backends.js';
import { tf } from '../../tfjs/tfjs.js';
import { registerSumGradients } from './sum-gradients.js';

registerSumGradients();

describeOnBackends('gradients of sums', () => {
  it('broadcast the gradient of the sum', () => {
    const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]);
    const rows = tf.grad((t) => tf.sum(tf.mul(tf.sum(t, 1), tf.tensor1d([5, 7]))))(x);
    expect([...rows.dataSync()]).toEqual([5, 5, 5, 7, 7, 7]);
    const columns = tf.grad((t) => tf.sum(tf.mul(tf.mean(t, 0, true), tf.tensor2d([[2, 6, 10]]))))(x);
    expect([...columns.dataSync()]).toEqual([1, 3, 5, 1, 3, 5]); // half, because the mean is of two entries
  });

  it('are differentiable', () => {
    // d/dx Σ (Σ x²)² = 4x Σ x², at (1, 2): 20, 40; the sum of that by x: 4 Σ x² + 8 x Σ x = 20 + 24, 20 + 48
    const first = tf.grad((t) => tf.square(tf.sum(tf.square(t))));
    const second = tf.grad((t) => tf.sum(first(t)));
    expect([...second(tf.tensor1d([1, 2])).dataSync()]).toEqual([44, 68]);
  });

  it('support five axes, no axis, and empty tensors', () => {
    expect([
      ...tf
        .grad((t) => tf.mean(t))(tf.ones([2, 1, 2, 1, 2]))
        .dataSync(),
    ]).toEqual(new Array(8).fill(0.125));
    expect([
      ...tf
        .grad((t) => tf.sum(t))(tf.scalar(3))
        .dataSync(),
    ]).toEqual([1]);
    expect(tf.grad((t) => tf.sum(t))(tf.zeros([0, 3])).shape).toEqual([0, 3]);
  });
});
