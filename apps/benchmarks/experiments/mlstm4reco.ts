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

// What the rows of "Multiplicative LSTM for sequence-based recommenders" (2018) have in common, as its code, mlstm4reco, has it on top of Spotlight.

const SEED = 72;

/** Pieces from the end of a history; every item is predicted from those before it in its piece, the first from nothing. */
const movies: WindowsOptions = { length: 100, minimum: 20, firstTarget: true };
const products: WindowsOptions = { length: 50, minimum: 5, firstTarget: true };

const data: Readonly<Record<'ml-1m' | 'ml-10m' | 'amazon', { dataset: Dataset; windows: WindowsOptions }>> = {
  'ml-1m': { dataset: movielens('1m', { numbering: 'spotlight' }), windows: movies },
  'ml-10m': { dataset: movielens('10m', { numbering: 'spotlight' }), windows: movies },
  amazon: {
    dataset: amazonCoPurchases({ faithful: true, minimum: { users: 10, items: 10 }, numbering: 'spotlight' }),
    windows: products,
  },
};

/** The last item of each window of a tenth of the users, among all items; those before it in its window stand last. */
const asked = { metrics: [mrr()], seen: 'rank-last', seed: SEED } as const;

/** What a search of 200 trials found for each row. */
interface Found {
  readonly dim: number;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly l2: number;
  readonly epochs: number;
}

/** The hardest of 5 negatives, drawn from all items, the positive included; every row decays and moves at every step. */
const training = ({ learningRate, batchSize, l2, epochs }: Found, windows: WindowsOptions) =>
  ({
    loss: adaptiveHingeLoss(),
    negatives: uniformNegatives({ count: 5, reject: 'nothing' }),
    windows,
    epochs,
    batchSize,
    optimizer: () => adam({ learningRate, l2, rows: 'dense' }),
  }) as const;

/** A published row: the LSTM of Spotlight, or the multiplicative one with a learned start, whose cell states score. */
export function published(name: keyof typeof data, kind: 'lstm' | 'mlstm', found: Found) {
  const { dataset, windows } = data[name];
  const options = { dim: found.dim, history: windows.length - 1 };
  return {
    ...asked,
    ...training(found, windows),
    dataset,
    split: windowTargets(byUser({ test: 0.1, validation: 0.1, seed: SEED }), windows),
    model:
      kind === 'lstm'
        ? sequenceLstm({ ...options, faithful: 'reads-nothing' })
        : sequenceMLstm({ ...options, states: 'cell', start: 'learned' }),
  } as const;
}

/**
 * The three differences between the published models, one by one, with equal options: on the first 2,999 users of MovieLens 1M, whose times are exact
 * in the sample that these rows read. Windows of validation and test users are asked together.
 */
export function ablated(kind: 'lstm' | 'mlstm', states: 'hidden' | 'cell', start: 'zero' | 'learned' = 'zero') {
  const found: Found = { dim: 64, learningRate: 0.0125, batchSize: 208, l2: 6e-6, epochs: 25 };
  const model = kind === 'lstm' ? sequenceLstm : sequenceMLstm;
  return {
    ...asked,
    ...training(found, movies),
    dataset: movielens('1m', { numbering: 'spotlight', archive: 'ml-1m-2999.zip' }),
    split: windowTargets(byUser({ test: 0.2, seed: SEED }), movies),
    model: model({ dim: found.dim, history: movies.length - 1, states, start }),
  } as const;
}
