import { atRandom, byUser, movielens, ratingScale, windowTargets } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { squaredLoss } from '@footlight/losses';
import { mae, rmse } from '@footlight/metrics';
import { factorization } from '@footlight/models';

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

/** Factorization with biases and a mean, as it is done since the Netflix prize. */
export const biased = {
  model: factorization({ dim: 20, globalMean: true }),
  ratingScale: scale,
  loss: squaredLoss(),
  epochs: 5,
  optimizer: () => adam({ learningRate: 2e-3, l2: 5e-5, rows: 'dense' }),
} as const;

/** Pieces of ten ratings in a row, the first predicted from nothing. */
const windows = { length: 10, firstTarget: true } as const;

/** A fifth of the users is tested, on every rating of each of their pieces. */
export const inSequence = {
  ...measured,
  split: windowTargets(byUser({ test: 0.2 }), { ...windows, targets: 'every' }),
  windows,
} as const;
