import { minimumRating, movielens, numpyNegatives, publishedSplit, sortByItem } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { uniformEmbeddings } from '@footlight/layers';
import { hingeLoss } from '@footlight/losses';
import { auc, averagePrecision, precision } from '@footlight/metrics';
import { cosineFactorization, neuralCollaborativeFiltering } from '@footlight/models';

// Shared by the experiments of the lab on triplet loss for implicit feedback (m2dsupsdlclass/lectures-labs).

/**
 * Ratings of 4 and more are positives, in the order of the lab's merged tables. Candidates are all films without a
 * positive training rating of the user, including films without any positive rating.
 */
export const evaluation = {
  dataset: movielens('100k', { publishedSplit: 'ua' }),
  filters: [sortByItem({ order: 'source' }), minimumRating({ rating: 4, catalogue: 'whole' })],
  split: publishedSplit({ order: 'source' }),
  cold: 'include',
  metrics: [auc(), precision({ at: 10 }), averagePrecision({ at: 10 })],
  seed: 42,
} as const;

/** Negatives of epoch e are those of numpy's `RandomState(e)`, including positives; dense Adam with Keras's epsilon. */
const training = {
  loss: hingeLoss({ margin: 1 }),
  negatives: numpyNegatives({ count: 1 }),
  monitor: 'test', // as the lab does; nothing is chosen by it
  batchSize: 64,
  optimizer: () => adam({ learningRate: 1e-3, epsilon: 1e-7, rows: 'dense' }),
} as const;

export const bilinear = { ...training, model: cosineFactorization({ dim: 64, l2: 1e-6 }) } as const;

/** Positive and negative scores have separate dropout masks; no penalty on embeddings. */
export const createDeep = (output: 'relu' | 'linear') =>
  ({
    ...training,
    model: neuralCollaborativeFiltering({
      userDim: 32,
      itemDim: 64,
      hidden: [128],
      dropout: 0.1,
      output,
      userEmbedding: uniformEmbeddings(),
      itemEmbedding: uniformEmbeddings(),
    }),
    epochs: 20,
  }) as const;
