import { ease, ials, itemKnn } from '@footlight/models';
import { gridSampler } from '@footlight/studies';
import { createTrialExperiment, defineSearch, type Search, type SpaceTrial } from '@footlight/studies/search';
import { defineExperiment, type EvaluationSpec, type Experiment } from '@footlight/trainer';
import { reviews, searchedEvaluations } from '../experiments/mlstm4reco.js';
import { amazonSample, latestSmall, ml1m2999 } from '../experiments/mult-vae.js';
import { createEvaluation } from '../experiments/s3rec.js';
import { createFilmEvaluation, implicitEvaluation } from '../experiments/spotlight-sequences.js';
import { evaluation as talk } from '../experiments/talk.js';
import { evaluation as triplet } from '../experiments/triplet.js';
import { findBestTrial } from '../stored-studies.js';
import { validateAtRandom } from './validate-at-random.js';

// Strong baselines for tables that lack them. The options of each are searched on the validation part, by the metric
// that the table is about; the log is in results/studies.

const regularization = [10, 50, 100, 250, 500, 1000, 2500, 5000] as const;

const baselines = {
  ease: {
    create: (trial: SpaceTrial) => ease({ regularization: trial.categorical('regularization', regularization) }),
    trials: regularization.length,
    sampler: gridSampler({ regularization }),
  },
  /** With the objective of iALS revisited. */
  ials: {
    create: (trial: SpaceTrial) =>
      ials({
        dim: trial.integer('dim', { low: 16, high: 256, step: 16 }),
        unobservedWeight: trial.float('unobservedWeight', { low: 0.001, high: 1, log: true }),
        regularization: trial.float('regularization', { low: 1e-4, high: 1, log: true }),
        frequencyExponent: 1,
      }),
    trials: 40,
  },
  'item-knn': {
    create: (trial: SpaceTrial) =>
      itemKnn({
        neighbors: trial.integer('neighbors', { low: 5, high: 500, log: true }),
        shrink: trial.float('shrink', { low: 0, high: 50 }),
        weighting: trial.categorical('weighting', ['none', 'tf-idf', 'bm25']),
        similarity: 'asymmetric-cosine',
        asymmetry: trial.float('asymmetry', { low: 0.2, high: 0.8 }),
      }),
    trials: 40,
  },
} as const;

export type Baseline = keyof typeof baselines;

interface Table {
  readonly evaluation: EvaluationSpec;
  /** The evaluation of the trials, where it is another one. */
  readonly validated?: EvaluationSpec;
  readonly metric: string;
}

/** By the beginning of the names of their experiments. */
const tables = {
  'talk/': { evaluation: talk, validated: validateAtRandom(talk), metric: 'mrr' },
  'triplet/': { evaluation: triplet, validated: validateAtRandom(triplet), metric: 'auc' },
  'spotlight/implicit-ml-100k-': {
    evaluation: implicitEvaluation,
    validated: validateAtRandom(implicitEvaluation),
    metric: 'mrr',
  },
  'spotlight/ml-1m-2999-': { evaluation: createFilmEvaluation(true), metric: 'mrr' },
  'mult-vae/latest-small-': { evaluation: latestSmall, metric: 'ndcg@100' },
  'mult-vae/ml-1m-2999-': { evaluation: ml1m2999, metric: 'ndcg@100' },
  'mult-vae/amazon-sample-': { evaluation: amazonSample, metric: 'ndcg@100' },
  'mlstm4reco/ml-1m-2999-': { evaluation: searchedEvaluations['ml-1m-2999'], metric: 'mrr' },
  'mlstm4reco/toys-': { evaluation: searchedEvaluations.toys, metric: 'mrr' },
  'mlstm4reco/musical-instruments-': { evaluation: reviews, metric: 'mrr' },
  's3rec/toys-': { evaluation: createEvaluation('toys'), metric: 'ndcg@10' },
  's3rec/sports-': { evaluation: createEvaluation('sports'), metric: 'ndcg@10' },
} as const satisfies Record<string, Table>;

export type BaselineTable = keyof typeof tables;

/** The search of a baseline's options for one table. */
export function createBaselineSearch(table: BaselineTable, baseline: Baseline) {
  const { evaluation, validated = evaluation, metric }: Table = tables[table];
  const { create, ...rules } = baselines[baseline];
  const name = `${table}${baseline}`;
  const search = defineSearch({
    ...rules,
    name,
    space: (trial) => defineExperiment({ ...validated, model: create(trial) }),
    objective: { metric },
    seed: 1,
  });
  return { ...search, name };
}

/** A baseline with the options of the best trial of its search, as the stored log has it. */
export async function createBaseline(table: BaselineTable, baseline: Baseline): Promise<Experiment> {
  const search: Search = createBaselineSearch(table, baseline);
  const trial = createTrialExperiment(search, await findBestTrial(`${table}${baseline}`));
  const note = 'A baseline that is not in the write-up, with the options of the best trial of its search.';
  return defineExperiment({ ...trial, ...tables[table].evaluation, note });
}
