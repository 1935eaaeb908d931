import { tf } from '@footlight/engine';
import type { RatingLoss } from '../types.js';
import { assertRatings } from './assert-ratings.js';

/**
 * Logistic rating loss: binary cross-entropy of the ratings liked and disliked, with the score as log-odds of liked.
 *
 * $$ \ell_q = -y_q \log \sigma(s_q) - (1 - y_q) \log(1 - \sigma(s_q)), \quad y_q = \min(\max(r_q, 0), 1) $$
 *
 * s_q is the predicted score of query q, r_q the rating, and σ the sigmoid.
 *
 * Ratings are −1 and 1, or 0 and 1. Values below 0 count as 0 and values above 1 count as 1, so the loss is not suited
 * to star ratings. `link` is the sigmoid.
 *
 * @example
 * logisticRatingLoss().compute({ predicted: tf.tensor1d([0]), rating: tf.tensor1d([-1]) }) // ≈ [0.693], log 2
 * @shape predicted `[query]`, rating `[query]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if predicted and rating disagree on `query`
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight
 */
export function logisticRatingLoss(): RatingLoss {
  return {
    kind: 'rating',
    name: 'logistic-rating',
    link: (scores) => tf.sigmoid(scores),
    compute(input) {
      assertRatings('logisticRatingLoss', input);
      const liked = tf.clipByValue(input.rating, 0, 1); // [query]
      return tf.sub(tf.softplus(input.predicted), tf.mul(liked, input.predicted)) as tf.Tensor1D; // finite at ±80
    },
  };
}
