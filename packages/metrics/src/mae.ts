import type { RatingMetric } from './types.js';

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
export function mae(): RatingMetric {
  return {
    kind: 'rating',
    name: 'mae',
    protocol: {},
    measure: (predicted, rating) => Math.abs(predicted - rating),
    finish: (mean) => mean,
  };
}
