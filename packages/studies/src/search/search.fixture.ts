import { createRng } from '@footlight/core';
import { atRandom, type Dataset, leaveLastOut, type Split, syntheticInteractions } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss } from '@footlight/losses';
import { mrr, ndcg } from '@footlight/metrics';
import { factorization, itemKnn } from '@footlight/models';
import { defineExperiment, type Experiment } from '@footlight/trainer';
import { defineSearch } from './define-search.js';
import type { Search, SearchOptions, SpaceTrial } from './types.js';

const synthetic = syntheticInteractions({ users: 41, items: 29, interactions: 41 * 7, activityDeviation: 0 });

/** The same interactions for every seed, and how often they were loaded. */
export function createCountedDataset(seed = 1): Dataset & { readonly loads: () => number } {
  let loads = 0;
  const { drawn: _, ...dataset } = synthetic;
  return {
    ...dataset,
    load(options) {
      loads++;
      return synthetic.load({ ...options, rng: createRng(seed) });
    },
    loads: () => loads,
  };
}

export interface SearchChanges extends Partial<SearchOptions> {
  readonly dataset?: Dataset;
  readonly epochs?: number;
  readonly rate?: number;
  readonly split?: Experiment['split'];
  /** Called with the experiment of every trial. */
  readonly change?: (experiment: Experiment, trial: SpaceTrial) => Experiment;
}

/** A search over the learning rate and the size of a factorization that trains in a fraction of a second. */
export function createFactorizationSearch({
  dataset = createCountedDataset(),
  epochs = 3,
  rate = 1,
  split = leaveLastOut(),
  change = (experiment) => experiment,
  ...options
}: SearchChanges = {}): Search {
  return defineSearch({
    name: 'factorization',
    space(trial) {
      const learningRate = trial.float('learningRate', { low: 1e-3, high: rate, log: true });
      const dim = trial.integer('dim', { low: 3, high: 7 });
      const experiment = defineExperiment({
        dataset,
        split,
        model: factorization({ dim }),
        loss: bprLoss(),
        optimizer: () => adam({ learningRate }),
        epochs,
        batchSize: 53,
        metrics: [mrr(), ndcg({ at: 5 })],
        seed: 7,
      });
      return change(experiment, trial);
    },
    objective: { metric: 'mrr' },
    trials: 4,
    seed: 1,
    ...options,
  });
}

/** A search over a solver. */
export function createNeighborSearch(dataset: Dataset = createCountedDataset()): Search {
  return defineSearch({
    name: 'neighbors',
    space: (trial) =>
      defineExperiment({
        dataset,
        split: leaveLastOut(),
        model: itemKnn({ neighbors: trial.integer('neighbors', { low: 1, high: 9 }) }),
        metrics: [mrr()],
        seed: 7,
      }),
    objective: { metric: 'mrr' },
    trials: 3,
  });
}

/** A split without a validation part. */
export const withoutValidation: Split = atRandom({ test: 0.2 });
