import {
  amazonCoPurchases,
  byUser,
  type Dataset,
  movielens,
  uniformNegatives,
  type WindowsOptions,
  windowTargets,
} from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { adaptiveHingeLoss } from '@footlight/losses';
import { mrr } from '@footlight/metrics';
import { sequenceLstm, sequenceMLstm } from '@footlight/models';

// Shared by the experiments of "Multiplicative LSTM for sequence-based recommenders" (2018), as in its code,
// mlstm4reco,
// which extends Spotlight.

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
const evaluation = { metrics: [mrr({ ties: 'average-rank' })], seen: 'rank-last', cold: 'include', seed } as const;

/** Options that a search of 200 trials found for each published model. */
interface Hyperparameters {
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

/**
 * A published model: the LSTM of Spotlight, or the multiplicative LSTM with a learned start, scored with cell states.
 */
export function createPublished(name: keyof typeof datasets, kind: 'lstm' | 'mlstm', found: Hyperparameters) {
  const { dataset, windows } = datasets[name];
  const options = { dim: found.dim, history: windows.length - 1 };
  return {
    ...evaluation,
    ...createTraining(found, windows),
    dataset,
    split: windowTargets(byUser({ test: 0.1, validation: 0.1, seed, order: 'source' }), windows),
    model:
      kind === 'lstm'
        ? sequenceLstm({ ...options, faithful: 'reads-nothing' })
        : sequenceMLstm({ ...options, states: 'cell', start: 'learned' }),
  } as const;
}

/**
 * One of the three differences between the published models at a time, with equal options, on the first 2,999 users of
 * MovieLens 1M, whose timestamps are exact in that sample. The test users are the validation and test users together.
 */
export function createAblation(kind: 'lstm' | 'mlstm', states: 'hidden' | 'cell', start: 'zero' | 'learned' = 'zero') {
  const found: Hyperparameters = { dim: 64, learningRate: 0.0125, batchSize: 208, l2: 6e-6, epochs: 25 };
  const model = kind === 'lstm' ? sequenceLstm : sequenceMLstm;
  return {
    ...evaluation,
    ...createTraining(found, movieWindows),
    dataset: movielens('1m', { numbering: 'spotlight', users: 2999 }),
    split: windowTargets(byUser({ test: 0.2, seed, order: 'source' }), movieWindows),
    model: model({ dim: found.dim, history: movieWindows.length - 1, states, start }),
  } as const;
}
