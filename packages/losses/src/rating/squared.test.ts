import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeRatingLoss } from '../testing/describe-rating-loss.js';
import { squaredLoss } from './squared.js';

describeRatingLoss('squaredLoss', squaredLoss());

describe('squaredLoss', () => {
  it('has the value of the equation', () => {
    const values = squaredLoss()
      .compute({ predicted: tf.tensor1d([3, -0.5]), rating: tf.tensor1d([5, -0.5]) })
      .dataSync();
    expect([...values]).toEqual([4, 0]); // (5 − 3)², 0²
  });

  it('links scores to themselves', () =>
    expect([
      ...squaredLoss()
        .link(tf.tensor1d([3.5, -1]))
        .dataSync(),
    ]).toEqual([3.5, -1]));

  it('rejects another number of ratings, which would broadcast', () => {
    expect(() =>
      squaredLoss().compute({ predicted: tf.zeros([3]), rating: tf.zeros([1]) }),
    ).toThrowErrorMatchingInlineSnapshot(`[RecsysError: squaredLoss(rating): expected shape [query=3], received [1].]`);
  });
});
