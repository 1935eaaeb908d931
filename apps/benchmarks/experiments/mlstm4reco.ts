import {
  amazonCoPurchases,
  amazonReviews,
  byUser,
  type Dataset,
  movielens,
  s3rec,
  uniformNegatives,
  type WindowsOptions,
  windowTargets,
} from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { adaptiveHingeLoss } from '@footlight/losses';
import { mrr, ndcg, recall } from '@footlight/metrics';
import { popularity, type Representation, sequenceGru, sequenceLstm, sequenceMLstm } from '@footlight/models';
import { stopEarly } from '@footlight/trainer';

// Shared by the experiments of "Multiplicative LSTM for sequence-based recommenders" (2018), as in its code,
// mlstm4reco, which extends Spotlight. The post has MRR; NDCG@10 and Recall@20 are ours.

const seed = 72;

/**
 * Windows from the end of a history. Every item is predicted from the items before it in its window, the first one
 * without history.
 */
const movieWindows: WindowsOptions = { length: 100, minimum: 20, firstTarget: true };
const productWindows: WindowsOptions = { length: 50, minimum: 5, firstTarget: true };

const datasets: Readonly<Record<'ml-1m' | 'ml-10m' | 'amazon', { dataset: Dataset; windows: WindowsOptions }>> = {
  'ml-1m': { dataset: movielens('1m', { numbering: 'spotlight' }), windows: movieWindows },
  'ml-10m': { dataset: movielens('10m', { numbering: 'spotlight' }), windows: movieWindows },
  amazon: {
    dataset: amazonCoPurchases({ faithful: true, minimum: { users: 10, items: 10 }, numbering: 'spotlight' }),
    windows: productWindows,
  },
};

/**
 * The last item of each window of test users, ranked among all items; items of the window rank last, and equal scores
 * share the mean of their ranks.
 */
const evaluation = {
  metrics: [mrr({ ties: 'average-rank' }), ndcg({ at: 10 }), recall({ at: 20 })],
  seen: 'rank-last',
  cold: 'include',
  seed,
} as const;

export type Kind = 'lstm' | 'mlstm' | 'gru';

/** Options that a search of 200 trials found for each published model. */
export interface Hyperparameters {
  readonly dim: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly l2: number;
  readonly epochs: number;
}

/**
 * Adaptive hinge loss over 5 negatives, sampled from all items including the positive; dense Adam with weight decay.
 */
const createTraining = ({ learningRate, batchSize, l2, epochs }: Hyperparameters, windows: WindowsOptions) =>
  ({
    loss: adaptiveHingeLoss(),
    negatives: uniformNegatives({ count: 5, reject: 'nothing' }),
    windows,
    epochs,
    batchSize,
    optimizer: () => adam({ learningRate, l2, rows: 'dense' }),
  }) as const;

/** The models of the post: the LSTM of Spotlight, or the multiplicative LSTM with a learned start and cell states. */
function createModel(kind: Kind, { dim }: Hyperparameters, { length }: WindowsOptions): Representation {
  const options = { dim, history: length - 1 };
  const models: Readonly<Record<Kind, () => Representation>> = {
    lstm: () => sequenceLstm({ ...options, faithful: 'reads-nothing' }),
    mlstm: () => sequenceMLstm({ ...options, states: 'cell', start: 'learned' }),
    gru: () => sequenceGru(options),
  };
  return models[kind]();
}

/**
 * A published model: the LSTM of Spotlight, or the multiplicative LSTM with a learned start, scored with cell states.
 * Or a GRU, which the post does not have.
 */
export function createPublished(
  name: keyof typeof datasets,
  kind: Kind,
  found: Hyperparameters,
  published?: { readonly validation: number; readonly test: number },
) {
  const { dataset, windows } = datasets[name];
  return {
    ...evaluation,
    ...createTraining(found, windows),
    dataset,
    split: windowTargets(byUser({ test: 0.1, validation: 0.1, seed, order: 'source' }), windows),
    model: createModel(kind, found, windows),
    ...(published ? { published: { mrr: published.test }, publishedValidation: { mrr: published.validation } } : {}),
    note: published
      ? 'Published: the best of 200 trials by its validation part.'
      : 'Not in the post: a GRU with the options that the search found for the LSTM. They were not searched for it.',
  } as const;
}

/** The first 2,999 users of MovieLens 1M, with the published split. */
const sample = {
  dataset: movielens('1m', { numbering: 'spotlight', users: 2999 }),
  split: windowTargets(byUser({ test: 0.1, validation: 0.1, seed, order: 'source' }), movieWindows),
};

/** Product reviews in order, of which the post has another collection: windows as the post cuts those. */
const toys = {
  dataset: s3rec('Toys_and_Games'),
  split: windowTargets(byUser({ test: 0.1, validation: 0.1, seed, order: 'source' }), productWindows),
};

const searchedData = {
  'ml-1m-2999': { ...sample, windows: movieWindows },
  toys: { ...toys, windows: productWindows },
} as const;

export type SearchedData = keyof typeof searchedData;

/** A published model, or a GRU, with the options of a trial of a search on one of our data sets. */
export function createSearched(name: SearchedData, kind: Kind, found: Hyperparameters) {
  const { dataset, split, windows } = searchedData[name];
  const model = createModel(kind, found, windows);
  return { ...evaluation, ...createTraining(found, windows), dataset, split, model } as const;
}

/** How models without windows are measured on the data of the searches. */
export const searchedEvaluations = {
  'ml-1m-2999': { ...evaluation, ...sample },
  toys: { ...evaluation, ...toys },
} as const;

/** Most popular items on the reviews of toys. */
export const toysPopularity = { ...searchedEvaluations.toys, model: popularity() } as const;

/** One of the differences between the published models at a time, with equal options that were not searched. */
export function createAblation(kind: Kind, states: 'hidden' | 'cell' = 'hidden', start: 'zero' | 'learned' = 'zero') {
  const found: Hyperparameters = { dim: 64, learningRate: 0.0125, batchSize: 208, l2: 6e-6, epochs: 25 };
  const options = { dim: found.dim, history: movieWindows.length - 1, start };
  const models: Readonly<Record<Kind, () => Representation>> = {
    lstm: () => sequenceLstm({ ...options, states }),
    mlstm: () => sequenceMLstm({ ...options, states }),
    gru: () => sequenceGru(options), // a GRU has no cell states
  };
  return { ...evaluation, ...createTraining(found, movieWindows), ...sample, model: models[kind]() } as const;
}

/** Most popular items on the data of the ablation. */
export const ablationPopularity = { ...searchedEvaluations['ml-1m-2999'], model: popularity() } as const;

/** Histories of Amazon 5-core have 7 reviews on average. */
const reviewWindows: WindowsOptions = { length: 20, minimum: 5, firstTarget: true };

/** How every model is measured on the reviews of Musical Instruments. */
export const reviews = {
  ...evaluation,
  dataset: amazonReviews('Musical_Instruments'),
  split: windowTargets(byUser({ test: 0.2, validation: 0.1, seed }), reviewWindows),
} as const;

/** An Amazon data set that can be had: the reviews of Musical Instruments. The options were not searched. */
export function createReviews(kind: Kind) {
  const found: Hyperparameters = { dim: 64, learningRate: 0.01, batchSize: 64, l2: 1e-6, epochs: 10 };
  return {
    ...reviews,
    ...createTraining(found, reviewWindows),
    model: createModel(kind, found, reviewWindows),
    note: 'Not in the post, whose Amazon data are other ones. One set of options for all models, not searched.',
  } as const;
}

/** The LSTM whose number of epochs the validation part chooses, trained again on both parts before the test. */
export const reviewRefit = {
  ...createReviews('lstm'),
  epochs: 20,
  stopEarly: stopEarly({ metric: 'mrr', patience: 3 }),
  refit: true,
  note: 'Not in the post: the validation part chooses the epochs, then it is trained on as well before the test.',
} as const;

/** Most popular items on the same data. */
export const reviewPopularity = { ...reviews, model: popularity() } as const;
