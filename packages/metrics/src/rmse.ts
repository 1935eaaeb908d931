import type { RatingMetric } from './types.js';

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
export function rmse(): RatingMetric {
  return { kind: 'rating', name: 'rmse', protocol: {}, measure: (predicted, rating) => (predicted - rating) ** 2, finish: Math.sqrt };
}
