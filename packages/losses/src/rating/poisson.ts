import { tf } from '@footlight/engine';
import type { RatingLoss } from '../types.js';
import { assertRatings } from './assert-ratings.js';

/**
 * Poisson loss: the negative log-likelihood of the rating under a Poisson distribution with mean e^score.
 *
 * $$ \ell_q = e^{s_q} - r_q s_q $$
 *
 * s_q is the predicted score of query q, and r_q the rating.
 *
 * The constant log r! is left out, so the loss may be negative. For a given rating r it is minimal at s = log r. `link`
 * is `exp`.
 *
 * @example
 * poissonLoss().compute({ predicted: tf.tensor1d([0]), rating: tf.tensor1d([5]) }) // = [1]
 * @shape predicted `[query]`, rating `[query]`, from 0 → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if predicted and rating disagree on `query`
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight
 */
export function poissonLoss(): RatingLoss {
  return {
    kind: 'rating',
    name: 'poisson',
    link: (scores) => tf.exp(scores),
    compute(input) {
      assertRatings('poissonLoss', input);
      // The logarithm of the predicted mean is the score itself; log(exp(score)) would be −∞ where exp underflows.
      return tf.sub(tf.exp(input.predicted), tf.mul(input.rating, input.predicted)) as tf.Tensor1D;
    },
  };
}
