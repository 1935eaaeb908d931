import { invalid } from '@footlight/core';
import type { Dataset, Filter, Negatives, RatingScale, Split, WindowsOptions } from '@footlight/datasets';
import type { Optimizer, Precision } from '@footlight/engine';
import type { CatalogueLoss, RankingLoss, RatingLoss } from '@footlight/losses';
import type { Metric } from '@footlight/metrics';
import type { Representation, Solver } from '@footlight/models';
import type { SeenRule } from '../evaluate/evaluate.js';
import type { PenaltyWeight } from '../fit/penalty-weight.js';
import type { Schedule } from '../fit/schedule.js';
import type { StopEarly } from '../fit/stop-early.js';

/** What every experiment says: the data, how they are cut, and how lists are judged. */
export interface EvaluationSpec {
  readonly dataset: Dataset;
  /** Applied in order, before the split. Default none. */
  readonly filters?: readonly Filter[];
  readonly split: Split;
  /** All splits of a cross-validation, of which `split` is the first; `crossValidated` sets them. */
  readonly folds?: readonly [Split, ...Split[]];
  readonly metrics: readonly Metric[];
  /** The scale in which the model learns ratings. What it predicts is turned back before it is measured. Default: the source's own. */
  readonly ratingScale?: RatingScale;
  /** What happens to items of a user's history when lists are judged. Default `exclude`. */
  readonly seen?: SeenRule;
  /** Every random number of the run comes from it. */
  readonly seed: number;
  /** Values that a publication reports under this protocol, by metric name; shown beside ours, used for nothing else. */
  readonly published?: Readonly<Record<string, number>>;
  /** A sentence for the reader of a table. */
  readonly note?: string;
}

/** Options of every learned model. */
export interface TrainingSpec extends EvaluationSpec {
  readonly model: Representation;
  /** Passes over the training part. */
  readonly epochs: number;
  /** Rows per step: interactions for models that read user ids, windows for sequence models, users for models that read baskets. Default 256. */
  readonly batchSize?: number;
  /** How training histories are cut for sequence models. Default: into pieces of one more item than the model reads. */
  readonly windows?: WindowsOptions;
  /** Made anew for each run. Default `adam({ learningRate: 0.01 })`. */
  readonly optimizer?: () => Optimizer;
  /** Factor on the learning rate. Default constant 1. */
  readonly schedule?: Schedule;
  /** What the penalty of the model is multiplied by, if it has one, e.g. `annealed({ cap: 0.2, epochs: 170 })`. Default 1. */
  readonly penalty?: PenaltyWeight;
  /** Of products of matrices while training; `bf16` needs the backend `native`. Rankings are made with `fp32`. Default `fp32`. */
  readonly precision?: Precision;
  /** Stops on the validation part and restores the best epoch. Default: all epochs are run. */
  readonly stopEarly?: StopEarly;
  /** The weight of the penalty is chosen in a first run; `twoStaged` sets it. */
  readonly twoStaged?: true;
}

export interface RankingExperiment extends TrainingSpec {
  readonly loss: RankingLoss;
  /** Default `uniformNegatives({ count })` with the loss's own count. */
  readonly negatives?: Negatives;
}

export interface CatalogueExperiment extends TrainingSpec {
  readonly loss: CatalogueLoss;
  readonly negatives?: never;
}

export interface RatingExperiment extends TrainingSpec {
  readonly loss: RatingLoss;
  readonly negatives?: never;
}

export type LearnedExperiment = RankingExperiment | CatalogueExperiment | RatingExperiment;

/** A solver takes no loss and no epochs. */
export interface SolvedExperiment extends EvaluationSpec {
  readonly model: Solver;
  readonly loss?: never;
  readonly negatives?: never;
  readonly epochs?: never;
}

export type Experiment = LearnedExperiment | SolvedExperiment;

/**
 * Checks that the parts of an experiment fit together. Runs and downloads nothing.
 *
 * @throws {RecsysError} `invalid-argument` naming the option that does not fit
 */
export function defineExperiment<E extends Experiment>(experiment: E): E {
  const { metrics, seed, dataset, ratingScale } = experiment;
  if (metrics.length === 0)
    invalid('defineExperiment(metrics)', 'at least one metric', 'none', 'Try ndcg({ at: 10 }).');
  const names = metrics.map((metric) => metric.name);
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) invalid('defineExperiment(metrics)', 'different metrics', `${repeated} twice`);
  if (!Number.isSafeInteger(seed)) invalid('defineExperiment(seed)', 'an integer', seed);
  if (names.some((_, at) => metrics[at]?.kind === 'rating') && !dataset.columns.ratings)
    invalid(
      'defineExperiment(metrics)',
      'a dataset with ratings for rating metrics',
      dataset.name,
      'Choose ranking metrics or name the rating column.',
    );
  if (ratingScale && !dataset.columns.ratings)
    invalid(
      'defineExperiment(ratingScale)',
      'a dataset with ratings',
      dataset.name,
      'Leave it out, or name the rating column.',
    );
  if (isLearned(experiment)) assertLearned(experiment);
  return Object.freeze(experiment);
}

function assertLearned({
  loss,
  epochs,
  batchSize,
  dataset,
  model,
  stopEarly,
  schedule,
  metrics,
}: LearnedExperiment): void {
  if (!loss) invalid('defineExperiment(loss)', `a loss for ${model.name}, which is learned`, loss, 'Try bprLoss().');
  if (loss.kind === 'rating' && !dataset.columns.ratings)
    invalid(
      'defineExperiment(loss)',
      `ranking or catalogue loss for ${dataset.name}, which has no ratings`,
      loss.name,
      'Try bprLoss(), or name the rating column.',
    );
  if (model.reads === 'basket' && loss.kind !== 'catalogue')
    invalid(
      'defineExperiment(loss)',
      `a catalogue loss for ${model.name}, which reads baskets`,
      loss.name,
      'Try multinomialLoss().',
    );
  if (!Number.isSafeInteger(epochs) || epochs < 1) invalid('defineExperiment(epochs)', 'a positive integer', epochs);
  if (batchSize !== undefined && (!Number.isSafeInteger(batchSize) || batchSize < 1))
    invalid('defineExperiment(batchSize)', 'a positive integer', batchSize);
  for (const [option, metric] of [
    ['stopEarly', stopEarly?.metric],
    ['schedule', schedule?.metric],
  ])
    if (metric !== undefined && !metrics.some(({ name }) => name === metric))
      invalid(`defineExperiment(${option}.metric)`, `one of ${metrics.map(({ name }) => name).join(', ')}`, metric);
}

/** Whether the model of an experiment is learned by gradient, not solved. */
export function isLearned(experiment: Experiment): experiment is LearnedExperiment {
  return experiment.model.kind === 'representation';
}
