import {
  amazonReviews,
  type Dataset,
  type Filter,
  holdOutUsers,
  minimumCounts,
  minimumRating,
  movielens,
} from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { multinomialLoss } from '@footlight/losses';
import { ndcg, recall } from '@footlight/metrics';
import { multVae, recVae } from '@footlight/models';
import { annealed, constantPenalty, plateau, stopEarly } from '@footlight/trainer';

// Shared by the experiments of "Mult-VAE" (RecoTour, 2020); the protocol is that of Liang et al., WWW 2018.

/** Users with at least 5 positives. Positives are films with more than 3.5 stars, and every review of Amazon. */
const frequentUsers: Filter = minimumCounts({ users: 5, items: 0, mode: 'items-then-users' });
const likedItems: readonly Filter[] = [minimumRating({ rating: 3.5, inclusive: false }), frequentUsers];

/** Among equal scores the lower id ranks first; the original's `argpartition` leaves the order open. */
const createEvaluation = (dataset: Dataset, filters: readonly Filter[], held: number) =>
  ({
    dataset,
    filters,
    split: holdOutUsers({ validation: held, test: held, order: 'source', rounding: 'truncate' }),
    ties: 'lower-id',
    metrics: [ndcg({ at: 100 }), recall({ at: 20, outOf: 'reachable' }), recall({ at: 50, outOf: 'reachable' })],
    seed: 42,
  }) as const;

export const ml20m = createEvaluation(movielens('20m'), likedItems, 10_000);
export const amazonMovies = createEvaluation(amazonReviews('Movies_and_TV'), [frequentUsers], 0.1);
export const ml1m = createEvaluation(movielens('1m'), likedItems, 0.1);
/** The first half of the users of MovieLens 1M, 1–2999, as the published archive has them. */
export const ml1m2999 = createEvaluation(movielens('1m', { users: 2999 }), likedItems, 0.1);
export const latestSmall = createEvaluation(movielens('latest-small'), likedItems, 0.1);
/** A sample of Amazon: musical instruments, 1,429 users. */
export const amazonSample = createEvaluation(amazonReviews('Musical_Instruments'), [frequentUsers], 0.1);

/**
 * Published values of NDCG@100, Recall@20 and Recall@50; recall is out of the reachable items. The loss of the table in
 * the write-up is that of the test part with the β of its last epoch.
 */
export const toPublished = (
  ndcg100: number,
  recall20: number,
  recall50: number,
  { loss, bestEpoch }: { readonly loss?: number; readonly bestEpoch?: number } = {},
): Readonly<Record<string, number>> => ({
  'ndcg@100': ndcg100,
  'recall@20(reachable)': recall20,
  'recall@50(reachable)': recall50,
  ...(loss === undefined ? {} : { loss }),
  ...(bestEpoch === undefined ? {} : { 'best epoch': bestEpoch }),
});

/** The write-up and the notebook of the paper restore the best of all epochs, also of those with a smaller β. */
export const stopAtBest = (patience: number, whileAnnealing: 'wait' | 'count' = 'wait') =>
  stopEarly({ metric: 'ndcg@100', patience, whileAnnealing });

/** Training of the write-up on MovieLens 20M and Amazon. */
export const longTraining = {
  loss: multinomialLoss(),
  epochs: 200,
  batchSize: 512,
  optimizer: () => adam({ learningRate: 1e-3, rows: 'dense' }),
  stopEarly: stopAtBest(20),
} as const;

/** Training for some thousand users: as many steps as in some epochs on the large datasets. */
export const shortTraining = { ...longTraining, epochs: 100, batchSize: 100, stopEarly: stopAtBest(10) } as const;

/**
 * RecVAE with the sizes and the learning rate of its authors: turns of three epochs of the encoder and one of the
 * decoder. Patience counts epochs of both.
 */
export const recVaeTraining = {
  ...shortTraining,
  model: recVae({ dim: 200, hidden: 600, gamma: 0.005 }),
  epochs: 200,
  optimizer: () => adam({ learningRate: 5e-4, rows: 'dense' }),
  stopEarly: stopAtBest(40),
  note: 'Not in the write-up: RecVAE (2020) under its protocol.',
} as const;

/** β increases to 0.2, as in the paper, unless another cap is given. */
export const annealBeta = (epochs: number, cap = 0.2) => annealed({ cap, epochs });

/** Training of a variational autoencoder: β reaches its cap after 80 % of the epochs, before which nothing stops. */
export const variationalTraining = { ...shortTraining, penalty: annealBeta(80), stopEarly: stopAtBest(20) } as const;

/** The first stage of a variational autoencoder whose cap of β the second stage takes from it. */
export const firstStage = {
  ...variationalTraining,
  model: multVae({ dims: [600, 200] }),
  penalty: annealBeta(80, 1),
  note:
    'β rises to 1 after 80 % of the epochs in the first stage; in the second, over as many epochs, to the value of ' +
    'the best epoch of the first.',
} as const;

/** Training that stops by the validation part whatever β is: mostly before β reaches its cap after 50 epochs. */
export const countingTraining = {
  ...shortTraining,
  penalty: annealBeta(50),
  stopEarly: stopAtBest(10, 'count'),
} as const;

/** β increases to 1 over all epochs, for the figure of the metric against β; the best epoch is that of any β. */
export const risingTraining = {
  ...shortTraining,
  penalty: annealBeta(100, 1),
  stopEarly: stopAtBest(100, 'count'),
} as const;

/** No penalty: the autoencoder is variational in its noise only. */
export const unpenalizedTraining = { ...shortTraining, penalty: constantPenalty({ weight: 0 }) } as const;

/**
 * A learning rate of 0.005 that the write-up reduces on a plateau. Its schedule minimizes NDCG, so that the rate is
 * multiplied by 0.4 after every 21 epochs; it waits for 30 epochs before it stops.
 */
export const plateauTraining = {
  optimizer: () => adam({ learningRate: 5e-3, rows: 'dense' }),
  schedule: plateau({ metric: 'ndcg@100', factor: 0.4, patience: 20, threshold: 1e-3, faithful: 'wrong-direction' }),
  stopEarly: stopAtBest(30, 'count'),
} as const;

/** MXNet divides the gradient by the batch size once more, which makes Adam's ε 512 times as large beside it. */
export const mxnetAdam = (learningRate: number) => () => adam({ learningRate, epsilon: 512e-8, rows: 'dense' });
