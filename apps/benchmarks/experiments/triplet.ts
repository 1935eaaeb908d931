import { minimumRating, movielens, official, uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { hingeLoss } from '@footlight/losses';
import { auc } from '@footlight/metrics';
import { cosineFactorization } from '@footlight/models';

// What the rows of the lab on triplet loss for implicit feedback (m2dsupsdlclass/lectures-labs) have in common.

/** Ratings of 4 and more are positives; every film that a user did not like in training is a candidate, those nobody liked too. */
export const measured = {
  dataset: movielens('100k', { official: 'ua' }),
  filters: [minimumRating({ rating: 4, catalogue: 'whole' })],
  split: official(),
  metrics: [auc()],
  seed: 42,
} as const;

/** Negatives are drawn from all items, positives included; Keras's epsilon; every row moves at every step. */
export const bilinear = {
  model: cosineFactorization({ dim: 64, l2: 1e-6 }),
  loss: hingeLoss({ margin: 1 }),
  negatives: uniformNegatives({ count: 1, reject: 'nothing' }),
  batchSize: 64,
  optimizer: () => adam({ learningRate: 1e-3, epsilon: 1e-7, rows: 'dense' }),
} as const;
