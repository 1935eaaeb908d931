import { invalid, type Rng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import type { Network } from '@footlight/models';
import { createBatchSource } from './batch-source.js';
import type { BatchSource, FitOptions, StepBatch } from './types.js';

/**
 * Creates the source of training batches of a network: those of what it reads, or, for a network that hides steps,
 * whole windows whose hidden items are the targets.
 *
 * @throws {RecsysError} `invalid-argument` if there is nothing to train on, or if windows are split into subsequences
 *   for a network that hides steps
 */
export function createTrainingSource(network: Network, train: Interactions, options: FitOptions): BatchSource {
  const { reads, hideSteps } = network;
  if (!hideSteps || typeof reads !== 'object') return createBatchSource(reads, train, options);
  const windows = { length: reads.history + 1, ...options.windows, firstTarget: true }; // every item may be a target
  if (windows.layout === 'subsequences')
    invalid(
      'fit(windows.layout)',
      "'windows' for a model that predicts hidden items of its windows",
      "'subsequences'",
      'Leave layout out.',
    );
  const source = createBatchSource(reads, train, { ...options, windows });
  return {
    steps: source.steps,
    *batchesFrom(step, rng) {
      let at = step;
      for (const batch of source.batchesFrom(step, rng)) yield hide(batch, hideSteps, rng.fork(`hidden/${at++}`));
    },
  };
}

/** Makes a window its own input and its hidden items the targets. */
function hide(batch: StepBatch, hideSteps: NonNullable<Network['hideSteps']>, rng: Rng): StepBatch {
  const mask = batch.targetMask ?? batch.mask;
  const hiddenSteps = hideSteps(mask, batch.time, rng);
  return { ...batch, history: batch.targets, mask, hiddenSteps, targetMask: hiddenSteps };
}
