import { tf } from '@footlight/engine';
import type { RatingLoss } from '../types.js';
import { assertRatings } from './assert-ratings.js';

/**
 * Squared error: the squared difference of rating and predicted score.
 *
 * $$ \ell_q = (r_q - s_q)^2 $$
 *
 * s_q is the predicted score of query q, and r_q the rating.
 *
 * `link` is the identity.
 *
 * @example
 * squaredLoss().compute({ predicted: tf.tensor1d([3]), rating: tf.tensor1d([5]) }) // = [4]
 * @shape predicted `[query]`, rating `[query]` → `[query]`, squared units of the rating
 * @throws {RecsysError} `invalid-argument` if predicted and rating disagree on `query`
 * @source Koren, Bell, Volinsky, Computer 42(8), 2009, https://doi.org/10.1109/MC.2009.263
 */
export function squaredLoss(): RatingLoss {
  return {
    kind: 'rating',
    name: 'squared',
    link: (scores) => tf.clone(scores),
    compute(input) {
      assertRatings('squaredLoss', input);
      return tf.squaredDifference(input.rating, input.predicted);
    },
  };
}
