import { movielens, publishedSplit, uniformNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { mrr } from '@footlight/metrics';
import { factorization } from '@footlight/models';

// What the rows of the talk "Neural networks for recommendations" (2017) have in common, as its code, netrex, has it.

/** Every rating is a positive; 10 ratings of each user are tested, and the ones trained on stand last in every list. */
export const measured = {
  dataset: movielens('100k', { publishedSplit: 'ua' }),
  split: publishedSplit(),
  metrics: [mrr({ over: 'all' })],
  seen: 'rank-last',
  seed: 42,
} as const;

/** Negatives are drawn from all items, the positive and what the user has seen included. */
export const negatives = (count: number) => uniformNegatives({ count, reject: 'nothing' });

export const trained = {
  model: factorization({ dim: 128 }), // N(0, 1/128²), biases 0
  epochs: 10,
  batchSize: 1024,
  optimizer: () => adam({ learningRate: 1e-3, rows: 'dense' }), // every row moves at every step, looked up or not
} as const;
