import { atRandom, byUser, movielens, uniformNegatives, type WindowsOptions, windowTargets } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import type { RankingLoss } from '@footlight/losses';
import { mrr, precision } from '@footlight/metrics';
import { factorization, sequenceLstm } from '@footlight/models';

// Shared by the implicit and the sequence experiments of Spotlight's examples and tests. Its MRR gives equal scores the
// mean of their ranks, its precision sorts the scores and has the lower id first.

/** Negatives are sampled from all items including the positive; dense Adam with weight decay. */
const createTraining = (count: number, learningRate: number, l2: number) => ({
  negatives: uniformNegatives({ count, reject: 'nothing' }),
  optimizer: () => adam({ learningRate, l2, rows: 'dense' }),
});

/**
 * Windows from the end of a history. Every item is predicted from the items before it in its window, the first one
 * without history.
 */
const windows: WindowsOptions = { length: 200, minimum: 20, firstTarget: true };
export const history: number = windows.length - 1;

/**
 * The film examples: the last item of each window of test users, ranked among all items including those of the
 * window.
 */
const filmEvaluation = {
  split: windowTargets(byUser({ test: 0.1, validation: 0.1, seed: 100, order: 'source' }), windows),
  metrics: [mrr({ ties: 'average-rank' })],
  seen: 'include',
  cold: 'include',
  seed: 100,
  windows,
} as const;

/** MovieLens 1M, or the sample of its first 2,999 users, whose timestamps are exact. */
export const createFilmEvaluation = (sample: boolean) => ({
  ...filmEvaluation,
  dataset: movielens('1m', { numbering: 'spotlight', ...(sample ? { users: 2999 } : {}) }),
});

/** An example of that evaluation. */
export const createFilmSequences = (
  sample: boolean,
  { learningRate, l2, negatives = 1 }: { learningRate: number; l2: number; negatives?: number },
) => ({
  ...createFilmEvaluation(sample),
  ...createTraining(negatives, learningRate, l2),
});

/** The test of sequence precision: the last 10 items of each window are one query. */
export const sequencePrecision = {
  ...createTraining(5, 1e-2, 1e-3),
  dataset: movielens('100k', { numbering: 'spotlight' }),
  split: windowTargets(byUser({ test: 0.2, seed: 42, order: 'source' }), { ...windows, targets: { last: 10 } }),
  metrics: [precision({ at: 10, ties: 'lower-id' })],
  seen: 'include',
  cold: 'include',
  seed: 42,
  model: sequenceLstm({ dim: 32, history, faithful: 'reads-nothing' }),
  windows,
  epochs: 2,
  batchSize: 8,
} as const;

/** The tests of implicit factorization: a random fifth of the ratings; training items rank last. */
export const implicitEvaluation = {
  dataset: movielens('100k', { numbering: 'spotlight' }),
  split: atRandom({ test: 0.2, seed: 42, order: 'source', rounding: 'truncate' }),
  metrics: [mrr({ ties: 'average-rank' })],
  seen: 'rank-last',
  cold: 'include',
  seed: 42,
} as const;

export const createImplicit = (loss: RankingLoss) => ({
  ...createTraining(loss.negativeCount ?? 1, 1e-2, 1e-6),
  ...implicitEvaluation,
  model: factorization({ dim: 32 }),
  loss,
  epochs: 10,
  batchSize: 1024,
});
