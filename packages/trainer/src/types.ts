// structure: the types of experiments, results and protocols are read together
import type { Described, Json } from '@footlight/core';
import type { Dataset, Filter, Negatives, RatingScale, Split, TrainingWindowsOptions } from '@footlight/datasets';
import type { Optimizer, Precision } from '@footlight/engine';
import type { CatalogueLoss, RankingLoss, RatingLoss } from '@footlight/losses';
import type { Metric, TieRule } from '@footlight/metrics';
import type { Representation, Solver } from '@footlight/models';
import type { PenaltyWeight, TwoStagedOptions } from './penalty-types.js';

export type { PenaltyWeight, TrainingProgress, TwoStagedOptions } from './penalty-types.js';

/**
 * What happens to the items of a user's history when the catalogue is ranked.
 *
 * - `exclude`: they are no candidates. A target among them cannot be found and counts as missed.
 * - `rank-last`: they rank below all other items, tied with each other (Spotlight).
 * - `include`: they are ranked like all other items.
 */
export type SeenRule = 'exclude' | 'rank-last' | 'include';

/**
 * What happens to cold targets: those of items without training interactions, and of users without any; where whole
 * users are held out, of users without a history.
 *
 * - `exclude`: they are left out and counted, for every model alike.
 * - `include`: they are evaluated with whatever score the model gives them, as published evaluations often do.
 */
export type ColdRule = 'exclude' | 'include';

/**
 * Which items are ranked.
 *
 * - `every-item`: the whole catalogue.
 * - `cold-items`: items without training interactions. Targets of other items are left out and counted.
 */
export type CandidateRule = 'every-item' | 'cold-items';

/** One metric over all queries of a held-out part. */
export interface MetricSummary {
  readonly mean: number;
  /**
   * Standard error of the mean over queries, clustered by user where a user has several; NaN for metrics that have one
   * value for all queries.
   */
  readonly standardError: number;
  /** Number of queries that have a value. */
  readonly count: number;
}

/** One pass over the training part. */
export interface EpochReport {
  /** From 0. */
  readonly epoch: number;
  /** Mean loss over real (unmasked) queries. */
  readonly loss: number;
  readonly seconds: number;
  /** Metrics on the validation part, by name; absent if the part was not evaluated. */
  readonly validation?: Readonly<Record<string, number>>;
  /**
   * Mean loss of the validation part, with the penalty at the weight below; present with `validation` for models that
   * read baskets.
   */
  readonly validationLoss?: number;
  /** Metrics on the test part, by name; present with `monitor: 'test'`. */
  readonly test?: Readonly<Record<string, number>>;
  /** Weight of the model's penalty (β of a variational autoencoder) in the last step; absent without `penalty`. */
  readonly penaltyWeight?: number;
}

/** The factor on the learning rate over the course of training. */
export interface Schedule extends Described {
  /** Name of a metric that the schedule reads; the validation part is then evaluated after every epoch. */
  readonly metric?: string;
  /**
   * `progress` counts epochs and is fractional within an epoch; `epochs` is the length of the run; `completed` are the
   * epochs completed, in order.
   */
  factor(progress: number, epochs: number, completed?: readonly EpochReport[]): number;
}

export interface StopEarlyOptions {
  /** Name of the metric to watch on the validation part, e.g. `ndcg@10`. */
  readonly metric: string;
  /** Epochs without improvement before training stops. Default 3. */
  readonly patience?: number;
  /** Smallest change of the metric that counts as an improvement. Default 0. */
  readonly minimumChange?: number;
  /** Whether larger or smaller values are better. Default `max`. */
  readonly better?: 'max' | 'min';
  /**
   * What epochs count for that end before the penalty weight is final (`annealed`). `wait`: nothing; they can neither
   * stop training nor be restored. `count`: as much as all others, as in RecoTour. Default `wait`.
   */
  readonly whileAnnealing?: 'wait' | 'count';
}

/** A rule that ends training when the validation part no longer improves. */
export interface StopEarly extends Required<StopEarlyOptions> {
  /** Whether `value` improves on `best`; the first value that is not NaN always does. */
  improves(value: number, best: number | undefined): boolean;
}

/** A component in a protocol: its name and options. */
export type ProtocolPart = { readonly [key: string]: Json };

/** Everything that decides what a number means. Two numbers may share a table only if their protocols agree. */
export interface Protocol {
  /** The first 12 hexadecimal digits of the SHA-256 of the other fields. */
  readonly hash: string;
  readonly dataset: ProtocolPart;
  readonly filters: readonly ProtocolPart[];
  readonly split: ProtocolPart;
  readonly candidates: string;
  readonly seen: string;
  readonly cold: string;
  readonly ties: string;
  readonly metrics: { readonly [name: string]: ProtocolPart };
  /** Whether models were trained again on the training and the validation part before the test; absent if not. */
  readonly refit?: true;
}

/** The part of an experiment that decides what is measured: the data, their split, the metrics. */
export interface EvaluationSpec {
  readonly dataset: Dataset;
  /** Applied in order, before the split. Default none. */
  readonly filters?: readonly Filter[];
  readonly split: Split;
  /** All splits of a cross-validation, of which `split` is the first; `crossValidated` sets them. */
  readonly folds?: readonly [Split, ...Split[]];
  readonly metrics: readonly Metric[];
  /**
   * The scale in which the model learns ratings; predictions are converted back before they are evaluated. Default: the
   * scale of the source.
   */
  readonly ratingScale?: RatingScale;
  /** How items of a user's history are ranked. Default `exclude`. */
  readonly seen?: SeenRule;
  /** Which items are ranked. Default `every-item`. */
  readonly candidates?: CandidateRule;
  /** Whether targets that no model can know are evaluated. Default `exclude`. */
  readonly cold?: ColdRule;
  /**
   * Train again on the training and the validation part before the test, from the same initial values, for as many
   * epochs as the validation part chose (`epochs` without `stopEarly`). The validation part is evaluated before.
   * Default false.
   */
  readonly refit?: true;
  /** How items with equal scores are ranked, for metrics that name no rule of their own. Default `expected`. */
  readonly ties?: TieRule;
  /** Every random number of the run derives from it. */
  readonly seed: number;
  /**
   * Values that a publication reports under this protocol, by metric name; displayed beside the results, used for
   * nothing else.
   */
  readonly published?: Readonly<Record<string, number>>;
  /** Published values on the validation part, by metric name. */
  readonly publishedValidation?: Readonly<Record<string, number>>;
  /** A sentence for the reader of a table. */
  readonly note?: string;
}

/** Options of every learned model. */
export interface TrainingSpec extends EvaluationSpec {
  readonly model: Representation;
  /** Passes over the training part. 0: the initial model is evaluated. */
  readonly epochs: number;
  /**
   * Rows per step: interactions for models that read user ids, windows for sequence models, users for models that read
   * baskets. Default 256.
   */
  readonly batchSize?: number;
  /**
   * How training histories are cut for sequence models. Default: into windows of one more item than the model reads.
   */
  readonly windows?: TrainingWindowsOptions;
  /** Creates the optimizer of a run. Default `adam({ learningRate: 0.01 })`. */
  readonly optimizer?: () => Optimizer;
  /** Factor on the learning rate. Default constant 1. */
  readonly schedule?: Schedule;
  /** Factor on the penalty of the model, if it has one, e.g. `annealed({ cap: 0.2, epochs: 170 })`. Default 1. */
  readonly penalty?: PenaltyWeight;
  /**
   * Precision of matrix products while training; `bf16` is faster where the backend and the processor support it, and
   * less exact. Evaluation always uses `fp32`. Default `fp32`.
   */
  readonly precision?: Precision;
  /**
   * The part that is evaluated after every epoch for learning curves; nothing is chosen by them. Default: the
   * validation part, if `stopEarly` or the schedule reads it; else none. The test part is evaluated while training only
   * if it is named here.
   */
  readonly monitor?: 'validation' | 'test';
  /** Stops training by the validation part and restores the best epoch. Default: all epochs are run. */
  readonly stopEarly?: StopEarly;
  /** The final weight of the penalty is chosen in a first run; `twoStaged` sets it. */
  readonly twoStaged?: Required<TwoStagedOptions>;
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

/** An experiment with a model that is learned by gradient. */
export type LearnedExperiment = RankingExperiment | CatalogueExperiment | RatingExperiment;

/** An experiment with a solver, which takes no loss and no epochs. */
export interface SolvedExperiment extends EvaluationSpec {
  readonly model: Solver;
  readonly loss?: never;
  readonly negatives?: never;
  readonly epochs?: never;
}

export type Experiment = LearnedExperiment | SolvedExperiment;
