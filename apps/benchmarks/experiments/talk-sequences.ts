import {
  bernoulliUsers,
  byUser,
  countingSequences,
  type Dataset,
  movielens,
  type NetrexQuirk,
  onTrainingData,
  type Split,
  uniformNegatives,
  windowTargets,
} from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { sigmoidBprLoss } from '@footlight/losses';
import { mrr, sampled } from '@footlight/metrics';
import { sequenceLstm, sequencePooling, sequencePopularity } from '@footlight/models';

// Shared by the sequence experiments of the talk "Neural networks for recommendations" (2017), as in its code, netrex.

/**
 * Windows of 20 from the start of a history; the last one may be shorter. Every item is predicted from the items before
 * it in its window, the first one without history.
 */
const windows = { length: 20, from: 'start', firstTarget: true, minimum: 2 } as const;

/** Negatives are sampled from all items including the positive and item 0; dense Adam. */
const training = {
  loss: sigmoidBprLoss(),
  negatives: uniformNegatives({ count: 1, reject: 'nothing' }),
  windows,
  epochs: 10,
  batchSize: 64,
  optimizer: () => adam({ learningRate: 1e-3, rows: 'dense' }),
} as const;

export const popularity = { ...training, model: sequencePopularity({ history: 19 }) } as const;
export const pool = { ...training, model: sequencePooling({ dim: 128, history: 19, averaged: false }) } as const;
export const lstm = { ...training, model: sequenceLstm({ dim: 128, history: 19 }) } as const;
/** The LSTM of the talk: it reads a step of zeros first. */
export const faithfulLstm = {
  ...training,
  model: sequenceLstm({ dim: 128, history: 19, faithful: 'reads-nothing' }),
} as const;

/** The second layout of the talk: a training example per target instead of one per window. */
const subsequences = { windows: { ...windows, layout: 'subsequences' } } as const;
export const poolOfSubsequences = { ...pool, ...subsequences } as const;
export const lstmOfSubsequences = { ...lstm, ...subsequences } as const;

/** A small network instead of the inner product. */
const scorer = { hidden: [64] } as const;
export const poolWithNetwork = {
  ...training,
  model: sequencePooling({ dim: 128, history: 19, averaged: false, scorer }),
} as const;
export const lstmWithNetwork = { ...training, model: sequenceLstm({ dim: 128, history: 19, scorer }) } as const;

/** The metric of the talk, where ties favor the target, and the same metric over all items, which it approximates. */
const metrics = [sampled(mrr({ ties: 'best' }), { count: 200 }), mrr({ ties: 'average-rank' })] as const;

interface EvaluationOptions {
  /** Whether to split as the talk's code did for its published numbers. Default false. */
  readonly faithful?: boolean;
  /** Whether to evaluate on the training users. Default false. */
  readonly training?: boolean;
}

const quirks: readonly NetrexQuirk[] = ['last-coin', 'one-per-second'];

const evaluateWindows = (dataset: Dataset, split: Split, training: boolean) =>
  ({
    dataset,
    split: windowTargets(training ? onTrainingData(split) : split, { ...windows, targets: 'every' }),
    metrics,
    seen: 'include',
    cold: 'include',
    seed: 42,
  }) as const;

/** Every rating is a positive; seen items rank like all others. */
export const createEvaluation = ({ faithful = false, training = false }: EvaluationOptions = {}) =>
  evaluateWindows(
    movielens('100k', { numbering: 'spotlight' }),
    bernoulliUsers({ test: 0.2, order: 'source', ...(faithful ? { faithful: quirks } : {}) }),
    training,
  );

/** Users with the sequence 1 to 20: a thousand for training, the others for testing. */
export const createCountingEvaluation = ({ training = false }: Pick<EvaluationOptions, 'training'> = {}) =>
  evaluateWindows(countingSequences({ users: 1247, length: 20 }), byUser({ test: 0.2, order: 'source' }), training);
