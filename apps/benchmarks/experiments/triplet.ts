import { minimumRating, movielens, numpyNegatives, publishedSplit, sortByItem } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { uniformEmbeddings } from '@footlight/layers';
import { hingeLoss } from '@footlight/losses';
import { auc, averagePrecision, precision } from '@footlight/metrics';
import { cosineFactorization, neuralCollaborativeFiltering } from '@footlight/models';

// What the rows of the lab on triplet loss for implicit feedback (m2dsupsdlclass/lectures-labs) have in common.

/** Ratings of 4 and more are positives, in the order that the lab's merge of two tables left them in; every film that a user did not like in training is a candidate, those nobody liked too. */
export const measured = {
  dataset: movielens('100k', { publishedSplit: 'ua' }),
  filters: [sortByItem(), minimumRating({ rating: 4, catalogue: 'whole' })],
  split: publishedSplit(),
  metrics: [auc(), precision({ at: 10 }), averagePrecision({ at: 10 })],
  seed: 42,
} as const;

/** Negatives of epoch e are those of numpy's `RandomState(e)`, positives included; Keras's epsilon; every row moves at every step. */
const training = {
  loss: hingeLoss({ margin: 1 }),
  negatives: numpyNegatives({ count: 1 }),
  batchSize: 64,
  optimizer: () => adam({ learningRate: 1e-3, epsilon: 1e-7, rows: 'dense' }),
} as const;

export const bilinear = { ...training, model: cosineFactorization({ dim: 64, l2: 1e-6 }) } as const;

/** Dropout is drawn for the positive and for the negative by itself; no penalty on tables. */
export const deep = (output: 'relu' | 'linear') =>
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
