import { createRatingError } from './rating-error.js';
import type { RatingMetric, RatingMetricOptions } from './types.js';

/**
 * Mean absolute error (MAE): the mean distance between predicted and actual ratings.
 *
 * $$ \frac{1}{n} \sum_i |\hat{r}_i - r_i| $$
 *
 * r are the ratings, r̂ the predicted ratings.
 *
 * From 0, in units of the rating; lower is better.
 *
 * @denominator number of ratings, not of users
 * @example
 * mae().measure(3, 5) // 2
 * @source Herlocker et al., ACM TOIS 22 (2004), https://doi.org/10.1145/963770.963772
 */
export function mae(options: RatingMetricOptions = {}): RatingMetric {
  const { error, ...named } = createRatingError('mae', options);
  return {
    kind: 'rating',
    ...named,
    measure: (predicted, rating) => Math.abs(error(predicted, rating)),
    finish: (mean) => mean,
  };
}
