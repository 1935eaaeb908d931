import { atRandom, movielens } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { squaredLoss } from '@footlight/losses';
import { rmse } from '@footlight/metrics';
import { factorization } from '@footlight/models';

// Shared by the experiments of Spotlight's explicit example.

/** The explicit example. Ratings in stars; vectors from N(0, 1/128²), biases from 0. */
export const explicitFactorization = {
  dataset: movielens('100k'),
  split: atRandom({ test: 0.2, seed: 42, order: 'source', rounding: 'truncate' }),
  metrics: [rmse()],
  cold: 'include',
  seed: 42,
  model: factorization({ dim: 128 }),
  loss: squaredLoss(),
  epochs: 10,
  batchSize: 1024,
  optimizer: () => adam({ learningRate: 1e-3, l2: 1e-9, rows: 'dense' }),
} as const;
