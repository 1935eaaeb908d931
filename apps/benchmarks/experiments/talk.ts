import { movielens, publishedSplit, uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { mrr } from '@footlight/metrics';
import { factorization } from '@footlight/models';

// Shared by the factorization experiments of the talk "Neural networks for recommendations" (2017), as in its code,
// netrex.

/** Every rating is a positive; 10 ratings of each user are for testing, and training items rank last. */
export const evaluation = {
  dataset: movielens('100k', { publishedSplit: 'ua' }),
  split: publishedSplit({ order: 'source' }),
  metrics: [mrr({ over: 'all', ties: 'average-rank' })],
  seen: 'rank-last',
  cold: 'include',
  seed: 42,
} as const;

/** Negatives are sampled from all items, including the positive and seen items. */
export const createNegatives = (count: number) => uniformNegatives({ count, reject: 'nothing' });

export const training = {
  model: factorization({ dim: 128 }), // N(0, 1/128²), biases 0
  epochs: 10,
  batchSize: 1024,
  optimizer: () => adam({ learningRate: 1e-3, rows: 'dense' }), // every row is updated at every step
} as const;
