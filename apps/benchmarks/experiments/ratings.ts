import { atRandom, byUser, movielens, ratingScale, windowTargets } from '@footlight/datasets';
import { adam, sgd } from '@footlight/engine';
import { scaledEmbeddings } from '@footlight/layers';
import { squaredLoss } from '@footlight/losses';
import { mae, rmse } from '@footlight/metrics';
import { factorization, neuralCollaborativeFiltering, type Representation } from '@footlight/models';

// Shared by the experiments of "PyTorch for Recommenders 101" (2018). The post does not describe its split; its
// numbers fit this scale.

/** The scale of the post's numbers: one star is 0, five stars are 1. */
const scale = ratingScale({ from: [1, 5] });

/** Errors in that scale, where a star is 0.25, and in stars. */
export const evaluation = {
  dataset: movielens('100k'),
  ratingScale: scale,
  split: atRandom({ test: 0.2 }),
  metrics: [rmse({ scale }), mae({ scale }), rmse(), mae()],
  seed: 42,
} as const;

/** One epoch, one rating per step, as the post prints it for matrix factorization. */
export const printedLoop = {
  loss: squaredLoss(),
  epochs: 1,
  batchSize: 1,
  optimizer: () => sgd({ learningRate: 1e-6, faithful: 'never-clears-gradients' }),
} as const;

const normal = scaledEmbeddings({ deviation: 1 }); // N(0, 1), PyTorch's default

/** Factorization without biases. */
export const printedFactorization: Representation = factorization({
  dim: 20,
  biases: false,
  userEmbedding: normal,
  itemEmbedding: normal,
});

/** The dense network; the post gives no sizes. */
export const printedDense: Representation = neuralCollaborativeFiltering({
  userDim: 20,
  itemDim: 20,
  hidden: [64],
  userEmbedding: normal,
  itemEmbedding: normal,
});

/** Factorization with biases and a global mean, the standard since the Netflix prize. */
export const biasedFactorization = {
  model: factorization({ dim: 20, globalMean: true }),
  ratingScale: scale,
  loss: squaredLoss(),
  epochs: 5,
  optimizer: () => adam({ learningRate: 2e-3, l2: 5e-5, rows: 'dense' }),
} as const;

/** Windows of ten consecutive ratings; the first rating is predicted without history. */
const windows = { length: 10, firstTarget: true } as const;

/** A fifth of the users is for testing, on every rating of each window. */
export const sequenceEvaluation = {
  ...evaluation,
  split: windowTargets(byUser({ test: 0.2 }), { ...windows, targets: 'every' }),
  windows,
} as const;
