import { createRatingError } from './rating-error.js';
import type { RatingMetric, RatingMetricOptions } from './types.js';

/**
 * Mean absolute error: how far predicted ratings are off.
 *
 * $$ \frac{1}{n} \sum_i |\hat{r}_i - r_i| $$
 *
 * @denominator ratings, not users
 * @example
 * mae().measure(3, 5) // 2
 * @source ours
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
