import { expect, it } from 'vitest';
import { describeOnBackends } from '../testing/describe-on-backends.js';
import { expectClose } from '../testing/expect-close.js';
import { tf } from '../tfjs/tfjs.js';
import { layerNorm } from './layer-norm.js';

describeOnBackends('layerNorm', () => {
  it('normalizes by hand', () => {
    // Mean 4, variance 4: −1 and 1, times the weight, plus the bias.
    const x = tf.tensor3d([2, 6], [1, 1, 2]);
    const output = layerNorm({ x, weight: tf.tensor1d([3, 5]), bias: tf.tensor1d([1, 0]), epsilon: 1e-9 });
    expect(output.shape).toEqual([1, 1, 2]);
    expectClose(output.dataSync(), [-2, 5]);
  });

  it('has no gradient along constant vectors, and finite ones where all numbers are equal', () => {
    const [weight, bias] = [tf.ones<tf.Rank.R1>([3]), tf.zeros<tf.Rank.R1>([3])];
    const normalize = (x: tf.Tensor) => tf.sum(tf.mul(layerNorm({ x, weight, bias, epsilon: 1e-5 }), [[1, 2, 4]]));
    const gradient = tf
      .grad(normalize)(tf.tensor2d([1, 7, 3, 5, 5, 5], [2, 3]))
      .dataSync();
    expect(Math.abs(gradient[0]! + gradient[1]! + gradient[2]!)).toBeLessThan(1e-5);
    for (const value of gradient) expect(Number.isFinite(value)).toBe(true);
  });

  it('refuses shapes that disagree', () => {
    const [x, weight, bias] = [tf.ones([5, 3]), tf.ones<tf.Rank.R1>([3]), tf.ones<tf.Rank.R1>([2])];
    expect(() => layerNorm({ x, weight, bias, epsilon: 1e-5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: layerNorm(bias): expected shape [dim=3], received [2].]`,
    );
    expect(() => layerNorm({ x, weight: bias, bias: weight, epsilon: 1e-5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: layerNorm(weight): expected shape [dim=3], received [2].]`,
    );
    expect(() => layerNorm({ x, weight, bias: weight, epsilon: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: layerNorm(epsilon): expected a positive number, received 0.]`,
    );
  });
});
