import { assertInteger, canonicalJson, createRng, type Rng } from '@footlight/core';
import type { Dataset } from '@footlight/datasets';
import { describeProtocol } from '../experiment/describe-protocol.js';
import type { Experiment } from '../types.js';
import { type LoadedData, type LoadedInteractions, loadInteractions, splitInteractions } from './load-splits.js';
import type { RunOptions } from './types.js';

/** Loads the data of experiments, each of them once. */
export interface DataLoader {
  /**
   * Loads, filters and splits the data of an experiment as `runExperiment` does, unless an earlier experiment had the
   * same.
   */
  load(experiment: Experiment, options?: Pick<RunOptions, 'directory' | 'onProgress' | 'signal'>): Promise<LoadedData>;
}

/** Interactions and their splits, by what these depend on. */
interface LoadedDataset {
  readonly interactions: LoadedInteractions;
  readonly splits: Map<string, LoadedData>;
}

/**
 * Data loader: keeps what it has loaded in memory, so that many experiments on one dataset read it once.
 *
 * Experiments share their data if they have the same dataset object; equal filters, split and seed share the split as
 * well. It keeps the newest `capacity` splits of a dataset.
 *
 * @param capacity splits that are kept, e.g. the number of seeds or folds. Default 8
 * @example
 * const loader = createDataLoader();
 * for (const experiment of experiments) console.log((await validateExperiment(experiment, { loader })).validation);
 * @throws {RecsysError} `invalid-argument` if `capacity` is not a positive integer
 */
export function createDataLoader(capacity = 8): DataLoader {
  assertInteger('createDataLoader(capacity)', capacity);
  const datasets = new WeakMap<Dataset, Map<string, LoadedDataset>>();

  async function loadDataset(
    experiment: Experiment,
    rng: Rng,
    options: Parameters<DataLoader['load']>[1] = {},
  ): Promise<LoadedDataset> {
    const { dataset, seed } = experiment;
    const bySeed = datasets.get(dataset) ?? new Map<string, LoadedDataset>();
    datasets.set(dataset, bySeed);
    const key = JSON.stringify([options.directory, dataset.drawn ? seed : undefined]);
    const found = bySeed.get(key);
    if (found) return found;
    const loaded = { interactions: await loadInteractions(experiment, rng, options), splits: new Map() };
    store(bySeed, key, loaded, capacity);
    return loaded;
  }

  return {
    async load(experiment, options) {
      const rng = createRng(experiment.seed);
      const { interactions, splits } = await loadDataset(experiment, rng, options);
      const { filters, split, candidates, cold, refit } = describeProtocol(experiment);
      const key = canonicalJson([...filters, split, candidates, cold, refit ?? false, experiment.seed]);
      const loaded = splits.get(key) ?? (await splitInteractions(experiment, rng, interactions));
      store(splits, key, loaded, capacity);
      return { ...loaded, protocol: describeProtocol(experiment, interactions.fingerprint) }; // it has other metrics
    },
  };
}

/** Stores an entry as the newest, and deletes the oldest beyond the capacity. */
function store<Value>(map: Map<string, Value>, key: string, value: Value, capacity: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > capacity) map.delete(map.keys().next().value!);
}
