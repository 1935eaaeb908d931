import { createRatingError } from './rating-error.js';
import type { RatingMetric, RatingMetricOptions } from './types.js';

/**
 * Root mean squared error (RMSE): the square root of the mean squared difference of predicted and actual ratings.
 *
 * $$ \sqrt{\frac{1}{n} \sum_i (\hat{r}_i - r_i)^2} $$
 *
 * r are the ratings, r̂ the predicted ratings.
 *
 * From 0, in units of the rating; lower is better. Large errors count more than in `mae`.
 *
 * @denominator number of ratings, not of users
 * @example
 * rmse().measure(3, 5) // 4; `finish` takes the root of the mean
 * @source Herlocker et al., ACM TOIS 22 (2004), https://doi.org/10.1145/963770.963772
 */
export function rmse(options: RatingMetricOptions = {}): RatingMetric {
  const { error, ...named } = createRatingError('rmse', options);
  return { kind: 'rating', ...named, measure: (predicted, rating) => error(predicted, rating) ** 2, finish: Math.sqrt };
}
