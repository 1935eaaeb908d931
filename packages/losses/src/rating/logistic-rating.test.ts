import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeRatingLoss } from '../testing/describe-rating-loss.js';
import { logisticRatingLoss } from './logistic-rating.js';

describeRatingLoss('logisticRatingLoss', logisticRatingLoss());

describe('logisticRatingLoss', () => {
  it('has the value of the equation', () => {
    // σ(log 3) = 3/4: −log 3/4 for liked, −log 1/4 for disliked
    const values = logisticRatingLoss()
      .compute({ predicted: tf.fill([2], Math.log(3)), rating: tf.tensor1d([1, 0]) })
      .dataSync();
    expect(values[0]).toBeCloseTo(Math.log(4 / 3), 6);
    expect(values[1]).toBeCloseTo(Math.log(4), 6);
  });

  it('treats −1 as disliked', () => {
    const values = logisticRatingLoss()
      .compute({ predicted: tf.fill([2], 0.3), rating: tf.tensor1d([-1, 0]) })
      .dataSync();
    expect(values[0]).toBe(values[1]);
  });

  it('is linear in the score where it is far from right', () => {
    expect([
      ...logisticRatingLoss()
        .compute({ predicted: tf.tensor1d([80, -80]), rating: tf.tensor1d([-1, 1]) })
        .dataSync(),
    ]).toEqual([80, 80]);
  });

  it('links scores to probabilities', () =>
    expect(
      logisticRatingLoss()
        .link(tf.tensor1d([Math.log(3)]))
        .dataSync()[0],
    ).toBeCloseTo(0.75, 6));

  it('rejects another number of ratings', () => {
    expect(() =>
      logisticRatingLoss().compute({ predicted: tf.zeros([3]), rating: tf.zeros([2]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: logisticRatingLoss(rating): expected shape [query=3], received [2].]`,
    );
  });
});
