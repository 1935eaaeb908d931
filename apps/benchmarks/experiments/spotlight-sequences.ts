import { atRandom, byUser, movielens, uniformNegatives, type WindowsOptions, windowTargets } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import type { RankingLoss } from '@footlight/losses';
import { mrr, precision } from '@footlight/metrics';
import { factorization, sequenceLstm } from '@footlight/models';

// What the implicit and the sequence rows of Spotlight's examples and tests have in common.

/** Negatives are drawn from all items, the positive included; every row decays and moves at every step. */
const training = (count: number, learningRate: number, l2: number) => ({
  negatives: uniformNegatives({ count, reject: 'nothing' }),
  optimizer: () => adam({ learningRate, l2, rows: 'dense' }),
});

/** Pieces from the end of a history; every item is predicted from those before it in its piece, the first from nothing. */
const windows: WindowsOptions = { length: 200, minimum: 20, firstTarget: true };
export const history: number = windows.length - 1;

/** The film examples: the last item of each window of a tenth of the users, among all items, those before it included. */
const films = {
  split: windowTargets(byUser({ test: 0.1, validation: 0.1, seed: 100 }), windows),
  metrics: [mrr()],
  seen: 'include',
  seed: 100,
  windows,
} as const;

/** An example on MovieLens 1M, or on the first 2,999 of its users, in the sample whose times are exact. */
export const filmSequences = (
  sample: boolean,
  { learningRate, l2, negatives = 1 }: { learningRate: number; l2: number; negatives?: number },
) => ({
  ...films,
  ...training(negatives, learningRate, l2),
  dataset: movielens('1m', { numbering: 'spotlight', ...(sample ? { archive: 'ml-1m-2999.zip' } : {}) }),
});

/** The test of sequence precision: the last 10 items of each window, as one question. */
export const sequencePrecision = {
  ...training(5, 1e-2, 1e-3),
  dataset: movielens('100k', { numbering: 'spotlight' }),
  split: windowTargets(byUser({ test: 0.2, seed: 42 }), { ...windows, targets: { last: 10 } }),
  metrics: [precision({ at: 10 })],
  seen: 'include',
  seed: 42,
  model: sequenceLstm({ dim: 32, history, faithful: 'reads-nothing' }),
  windows,
  epochs: 2,
  batchSize: 8,
} as const;

/** The tests of implicit factorization: a random fifth of the ratings, those that were trained on last. */
export const implicit = (loss: RankingLoss) => ({
  ...training(loss.negativeCount ?? 1, 1e-2, 1e-6),
  dataset: movielens('100k', { numbering: 'spotlight' }),
  split: atRandom({ test: 0.2, seed: 42 }),
  metrics: [mrr()],
  seen: 'rank-last' as const,
  seed: 42,
  model: factorization({ dim: 32 }),
  loss,
  epochs: 10,
  batchSize: 1024,
});
