import { atRandom, movielens, ratingScale } from '@footlight/datasets';
import { mae, rmse } from '@footlight/metrics';

// What the rows of "PyTorch for Recommenders 101" (2018) have in common. The post does not say how it split; its numbers fit this scale.

/** One star is 0, five are 1: the scale of its numbers. */
const scale = ratingScale({ from: [1, 5] });

/** Errors in that scale, where a star is 0.25, and in stars. */
export const measured = {
  dataset: movielens('100k'),
  ratingScale: scale,
  split: atRandom({ test: 0.2 }),
  metrics: [rmse({ scale }), mae({ scale }), rmse(), mae()],
  seed: 42,
} as const;
