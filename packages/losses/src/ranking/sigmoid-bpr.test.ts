import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeRankingLoss } from '../testing/describe-ranking-loss.js';
import { sigmoidBprLoss } from './sigmoid-bpr.js';

describeRankingLoss('sigmoidBprLoss', sigmoidBprLoss());

describe('sigmoidBprLoss', () => {
  it('has the value of the equation', () => {
    const values = sigmoidBprLoss()
      .compute({
        positive: tf.tensor1d([1, 0]),
        negatives: tf.tensor2d([
          [0, 2],
          [0, Math.log(3)],
        ]),
      })
      .dataSync();
    expect(values[0]).toBeCloseTo(0.5, 6); // (1 − σ(1) + 1 − σ(−1)) / 2, and σ(−1) = 1 − σ(1)
    expect(values[1]).toBeCloseTo((1 / 2 + 3 / 4) / 2, 6); // σ(0) = 1/2, σ(log 3) = 3 / (1 + 3)
  });

  it('has almost no gradient for a negative that scores far above the positive, unlike bprLoss', () => {
    const gradient = tf.grad((negatives) =>
      tf.sum(sigmoidBprLoss().compute({ positive: tf.zeros([1]), negatives: negatives as tf.Tensor2D })),
    );
    expect(gradient(tf.tensor2d([[20]])).dataSync()[0]).toBeLessThan(1e-8); // σ(20) (1 − σ(20)) ≈ e^−20
  });

  it('rejects negatives for another number of queries', () => {
    const wrong = () => sigmoidBprLoss().compute({ positive: tf.zeros([3]), negatives: tf.zeros([2, 5]) });
    expect(wrong).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sigmoidBprLoss(negatives): expected shape [query=3, negative], received [2, 5].]`,
    );
  });
});
