import { atRandom, movielens, ratingScale } from '@footlight/datasets';
import { mae, rmse } from '@footlight/metrics';

// What the rows of "PyTorch for Recommenders 101" (2018) have in common. The post does not say how it split; its numbers fit this scale.

/** Errors are in quarters of the five stars' range: a star is 0.25. */
export const measured = {
  dataset: movielens('100k'),
  filters: [ratingScale({ from: [1, 5] })],
  split: atRandom({ test: 0.2 }),
  metrics: [rmse(), mae()],
  seed: 42,
} as const;
