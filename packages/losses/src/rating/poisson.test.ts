import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { describeRatingLoss } from '../testing/describe-rating-loss.js';
import { poissonLoss } from './poisson.js';

describeRatingLoss('poissonLoss', poissonLoss());

describe('poissonLoss', () => {
  it('has the value of the equation', () => {
    const [value] = poissonLoss()
      .compute({ predicted: tf.tensor1d([Math.log(2)]), rating: tf.tensor1d([5]) })
      .dataSync();
    expect(value).toBeCloseTo(2 - 5 * Math.log(2), 6);
  });

  it('is minimal where the predicted mean equals the rating', () => {
    const gradient = tf.grad((predicted) =>
      tf.sum(poissonLoss().compute({ predicted: predicted as tf.Tensor1D, rating: tf.tensor1d([5]) })),
    );
    expect(gradient(tf.tensor1d([Math.log(5)])).dataSync()[0]).toBeCloseTo(0, 5); // e^s − r
  });

  it('links scores to their exponentials', () =>
    expect(
      poissonLoss()
        .link(tf.tensor1d([Math.log(3)]))
        .dataSync()[0],
    ).toBeCloseTo(3, 5));

  it('rejects another number of ratings', () => {
    expect(() =>
      poissonLoss().compute({ predicted: tf.zeros([3]), rating: tf.zeros([2]) }),
    ).toThrowErrorMatchingInlineSnapshot(`[RecsysError: poissonLoss(rating): expected shape [query=3], received [2].]`);
  });
});
