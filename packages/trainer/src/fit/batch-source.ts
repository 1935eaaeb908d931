import { assertInteger, invalid, omitUndefined } from '@footlight/core';
import {
  basketBatches,
  countTargets,
  type Interactions,
  pairBatches,
  sequenceBatches,
  subsequenceBatches,
  type TrainingWindowsOptions,
  toBaskets,
  windows,
} from '@footlight/datasets';
import type { Reads } from '@footlight/models';
import { toModelInput } from '../recommend/model-input.js';
import type { BatchSource, FitOptions } from './types.js';

/**
 * Creates the source of training batches for what a model reads: pairs of user and item, windows of sequences, or
 * baskets.
 *
 * @throws {RecsysError} `invalid-argument` if there is nothing to train on
 */
export function createBatchSource(
  reads: Reads,
  train: Interactions,
  { batchSize, windows: windowOptions, loss }: FitOptions,
): BatchSource {
  if (train.users.length === 0)
    invalid(
      'fit(train)',
      'at least one interaction',
      'none',
      'The filters or the split removed every training interaction.',
    );
  if (train.weights?.every((weight) => weight === 0))
    invalid('fit(train)', 'an interaction with a weight above 0', 'none', 'The filters or the split removed them all.');
  if (reads === 'basket') return createBasketSource(train, batchSize);
  if (reads !== 'user') return createSequenceSource(train, windowOptions ?? { length: reads.history + 1 }, batchSize);
  const { ratings: _, ...unrated } = train;
  return createPairSource(loss.kind === 'rating' ? train : unrated, batchSize); // unused ratings are not copied
}

function createPairSource(train: Interactions, batchSize: number): BatchSource {
  return {
    steps: Math.ceil(train.users.length / batchSize),
    batchesFrom: (step, rng) => pairBatches(train, batchSize, rng, step),
  };
}

function createSequenceSource(train: Interactions, options: TrainingWindowsOptions, batchSize: number): BatchSource {
  const { layout = 'windows', lengthPool } = options;
  if (layout !== 'windows' && layout !== 'subsequences')
    invalid('fit(windows.layout)', "'windows' or 'subsequences'", layout);
  if (lengthPool !== undefined) assertInteger('fit(windows.lengthPool)', lengthPool);
  const sequences = windows(train, options);
  if (sequences.count === 0)
    invalid('fit(windows)', 'at least one window', 'none', 'Every history is shorter than the minimum length.');
  const targets = countTargets(sequences);
  if (targets === 0)
    invalid(
      'fit(windows)',
      'at least one window with a target',
      'windows of one item only',
      'Set firstTarget, which predicts the first item of a window too, or leave minimum out.',
    );
  const [rows, createBatches] =
    layout === 'windows' ? [sequences.count, sequenceBatches] : [targets, subsequenceBatches];
  return {
    steps: Math.ceil(rows / batchSize),
    batchesFrom: (step, rng) => createBatches(sequences, batchSize, rng, step, omitUndefined({ lengthPool })),
  };
}

/** The whole basket of a user is both the input and the targets. */
function createBasketSource(train: Interactions, batchSize: number): BatchSource {
  const baskets = toBaskets(train);
  return {
    steps: Math.ceil(baskets.users.length / batchSize),
    *batchesFrom(step, rng) {
      for (const { users, offsets, items, weights } of basketBatches(baskets, batchSize, rng, step)) {
        const histories = Array.from(users, (_, row) => items.subarray(offsets[row], offsets[row + 1]));
        const targetMask = new Float32Array(users.length).fill(1);
        const targets = new Int32Array(users.length);
        const weighted = weights ? { basketWeights: weights } : {};
        yield { ...toModelInput(histories, 'basket', users), targets, targetMask, ...weighted };
      }
    },
  };
}
