import * as tf from '@tensorflow/tfjs';
import type { RatingLoss } from '../types.js';
import { assertRatings } from './assert-ratings.js';

/**
 * Poisson likelihood: the score is the logarithm of an expected count.
 *
 * $$ \ell_q = e^{s_q} - r_q s_q $$
 *
 * Without the constant log r!, so it may be below 0; for a given rating it is least where the rating is predicted exactly.
 *
 * @example
 * poissonLoss().compute({ predicted: tf.tensor1d([0]), rating: tf.tensor1d([5]) }) // = [1]
 * @shape predicted `[query]`, rating `[query]`, from 0 → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if the two disagree on `query`
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight
 */
export function poissonLoss(): RatingLoss {
  return {
    kind: 'rating',
    name: 'poisson',
    link: (scores) => tf.exp(scores),
    compute(input) {
      assertRatings('poissonLoss', input);
      // The logarithm of the prediction is the score itself: no log of what exp has rounded to 0.
      return tf.sub(tf.exp(input.predicted), tf.mul(input.rating, input.predicted)) as tf.Tensor1D;
    },
  };
}
