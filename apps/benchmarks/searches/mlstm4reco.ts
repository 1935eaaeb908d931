import { medianPruner, tpeSampler } from '@footlight/studies';
import { createTrialExperiment, defineSearch, type Search, type SpaceTrial } from '@footlight/studies/search';
import { defineExperiment, type Experiment } from '@footlight/trainer';
import { createSearched, type Hyperparameters, type Kind, type SearchedData } from '../experiments/mlstm4reco.js';
import { findBestTrial } from '../stored-studies.js';

// Shared by the searches of "Multiplicative LSTM for sequence-based recommenders" (2018): the five parameters and
// ranges of its code, HyperOpt's TPE with its default options, 200 trials.

function drawHyperparameters(trial: SpaceTrial): Hyperparameters {
  return {
    batchSize: trial.integer('batchSize', { low: 64, high: 256, step: 16 }),
    learningRate: trial.float('learningRate', { low: Math.exp(-6), high: Math.exp(-3), log: true }),
    l2: trial.float('l2', { low: Math.exp(-25), high: Math.exp(-9), log: true }),
    epochs: trial.integer('epochs', { low: 20, high: 50, step: 5 }),
    dim: trial.integer('dim', { low: 16, high: 128, step: 8 }),
  };
}

/**
 * The search of one model on one data set.
 *
 * The post prunes nothing. Here trials end early if their best MRR on the validation part is below the median after 10
 * epochs, and again after every 5. Earlier, the order of learning rates would decide: the range spans a factor of 20.
 * At equal epochs, trials are equal whatever number of epochs they have, as the learning rate is constant.
 */
export function createMlstmSearch(data: SearchedData, kind: Kind) {
  const name = `mlstm4reco/${data}-${kind}`;
  const search = defineSearch({
    name,
    space: (trial) => createSearched(data, kind, drawHyperparameters(trial)),
    objective: { metric: 'mrr' },
    trials: 200,
    sampler: tpeSampler({ rules: 'hyperopt' }),
    pruner: medianPruner({ warmupSteps: 9, intervalSteps: 5 }),
    seed: 72,
  });
  return { ...search, name };
}

/** The experiment with the options of the best trial of a search, as its stored log has it. */
export async function createFound(search: Search & { readonly name: string }): Promise<Experiment> {
  return defineExperiment({
    ...createTrialExperiment(search, await findBestTrial(search.name)),
    note: 'Options of the trial with the highest MRR on the validation part; see results/studies.',
  });
}
