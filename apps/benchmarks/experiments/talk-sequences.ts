import {
  bernoulliUsers,
  byUser,
  countingSequences,
  movielens,
  type NetrexQuirk,
  onTrainingData,
  uniformNegatives,
  windowTargets,
} from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { sigmoidBprLoss } from '@footlight/losses';
import { mrr, sampled } from '@footlight/metrics';
import { sequenceLstm, sequencePooling, sequencePopularity } from '@footlight/models';

// What the sequence rows of the talk "Neural networks for recommendations" (2017) have in common, as its code, netrex, has it.

/** Pieces of 20 from the start of a history, whose last one may be shorter; every item is predicted from those before it in its piece, the first from nothing. */
const windows = { length: 20, from: 'start', firstTarget: true, minimum: 2 } as const;

/** Negatives are drawn from all items and item 0, the positive included; every row moves at every step. */
const trained = {
  loss: sigmoidBprLoss(),
  negatives: uniformNegatives({ count: 1, reject: 'nothing' }),
  windows,
  epochs: 10,
  batchSize: 64,
  optimizer: () => adam({ learningRate: 1e-3, rows: 'dense' }),
} as const;

export const popularity = { ...trained, model: sequencePopularity({ history: 19 }) } as const;
export const pool = { ...trained, model: sequencePooling({ dim: 128, history: 19, averaged: false }) } as const;
export const lstm = { ...trained, model: sequenceLstm({ dim: 128, history: 19 }) } as const;
/** The talk's: a step of zeros is read first. */
export const lstmOfTalk = {
  ...trained,
  model: sequenceLstm({ dim: 128, history: 19, faithful: 'reads-nothing' }),
} as const;

/** The talk's measure, and beside it what it stands for: the same over all items. */
const metrics = [sampled(mrr(), { count: 200 }), mrr()] as const;

/** Whether the talk's own split, with which its numbers were made, and whether what was trained on is asked for. */
interface Measuring {
  readonly faithful?: boolean;
  readonly training?: boolean;
}

const faults: readonly NetrexQuirk[] = ['last-coin', 'one-per-second'];

/** Every rating is a positive; seen items are ranked like all others. */
export const measured = ({ faithful = false, training = false }: Measuring = {}) => {
  const split = bernoulliUsers({ test: 0.2, ...(faithful ? { faithful: faults } : {}) });
  return {
    dataset: movielens('100k', { numbering: 'spotlight' }),
    split: windowTargets(training ? onTrainingData(split) : split, { ...windows, targets: 'every' }),
    metrics,
    seen: 'include',
    seed: 42,
  } as const;
};

/** People who count from 1 to 20: a thousand of them train, the others are tested. */
export const counting = {
  dataset: countingSequences({ users: 1247, length: 20 }),
  split: windowTargets(byUser({ test: 0.2 }), { ...windows, targets: 'every' }),
  metrics,
  seen: 'include',
  seed: 42,
} as const;
