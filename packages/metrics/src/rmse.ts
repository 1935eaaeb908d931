import { createRatingError } from './rating-error.js';
import type { RatingMetric, RatingMetricOptions } from './types.js';

/**
 * Root mean squared error: how far predicted ratings are off, large errors counting more.
 *
 * $$ \sqrt{\frac{1}{n} \sum_i (\hat{r}_i - r_i)^2} $$
 *
 * @denominator ratings, not users
 * @example
 * rmse().measure(3, 5) // 4; the root is taken of the mean
 * @source ours
 */
export function rmse(options: RatingMetricOptions = {}): RatingMetric {
  const { error, ...named } = createRatingError('rmse', options);
  return { kind: 'rating', ...named, measure: (predicted, rating) => error(predicted, rating) ** 2, finish: Math.sqrt };
}
