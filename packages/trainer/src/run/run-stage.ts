import { canonicalJson, createRng, invalid, type OnProgress, type Rng, shortHash } from '@footlight/core';
import type { HeldOut, Interactions, Splits } from '@footlight/datasets';
import { adam, ensureBackend } from '@footlight/engine';
import { disposeParameters } from '@footlight/layers';
import type { DataSummary, Reads } from '@footlight/models';
import * as tf from '@tensorflow/tfjs';
import { type EvaluateOptions, type Evaluation, evaluate } from '../evaluate/evaluate.js';
import {
  type Experiment,
  isLearned,
  type LearnedExperiment,
  type SolvedExperiment,
} from '../experiment/define-experiment.js';
import { describeProtocol, type Protocol } from '../experiment/describe-protocol.js';
import { type FitEpoch, fit } from '../fit/fit.js';
import { createRecommender, type PredictedRatings, type Recommender } from '../recommend/create-recommender.js';
import { createPredictor, createScorerPredictor, type Predictor } from '../recommend/predictor.js';
import { type BestEpoch, type Checkpoint, fileCheckpoint, type TrainingState } from '../storage/checkpoint.js';
import { copyParameters, restoreParameters } from '../storage/parameters.js';
import { describeEnvironment } from './describe-environment.js';
import type { EpochReport, MetricSummary, Report } from './report.js';

export interface RunOptions {
  /** Folder of the archives; see `LoadOptions.directory` of `@footlight/datasets`. */
  readonly directory?: string;
  /** File that training writes its state to, and resumes from. Default: none is written. */
  readonly checkpoint?: string;
  /** Go on from `checkpoint` if it is there. Default false: start anew. */
  readonly resume?: boolean;
  /** Seconds between checkpoints. Default 10; one is also written after every epoch. */
  readonly checkpointSeconds?: number;
  readonly onProgress?: OnProgress;
  readonly onEpoch?: (epoch: EpochReport) => void;
  /** Stops the run at the next step; with `checkpoint`, after writing one. */
  readonly signal?: AbortSignal;
}

/** A report together with what it was computed from. */
export interface Outcome extends Report {
  /** Values by metric, as `Evaluation` has them; rank metrics in the order of `users`. NaN where undefined. */
  readonly values: Readonly<Record<string, Float64Array>>;
  /** Dense ids of the users who were asked about, ascending. */
  readonly users: Int32Array;
  /** The trained model over its catalogue. `saveArtifact(path, outcome.recommender, …)` keeps it. */
  readonly recommender: Recommender;
}

/** Runs an experiment once, in one stage, with its seed. */
export async function runStage(experiment: Experiment, options: RunOptions): Promise<Outcome> {
  await ensureBackend();
  const rng = createRng(experiment.seed);
  const clock = stopwatch();
  const splits = await prepare(experiment, rng, options);
  const load = clock();

  const learned = { ...splits, train: experiment.ratingScale?.apply(splits.train) ?? splits.train };
  const trained = isLearned(experiment)
    ? await train(experiment, learned, rng, options)
    : solve(experiment, learned, rng, options);
  const seconds = { load, train: clock() };

  const evaluation = await evaluate(trained.predictor, splits.test, evaluateOptions(experiment, splits, options));
  return {
    ...reportOf(experiment, splits, trained, evaluation, { ...seconds, evaluate: clock() }),
    users: evaluation.users,
    values: Object.fromEntries(Object.entries(evaluation.metrics).map(([name, { values }]) => [name, values])),
    recommender: createRecommender(trained.predictor, splits.known ?? splits.test.history, ratingsOf(experiment)),
  };
}

/** Seconds since the last call. */
function stopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}

async function prepare(
  { dataset, filters = [], split, model }: Experiment,
  rng: Rng,
  { directory, onProgress, signal }: RunOptions,
): Promise<Splits> {
  const given = {
    ...(directory === undefined ? {} : { directory }),
    ...(onProgress ? { onProgress } : {}),
    ...(signal ? { signal } : {}),
  };
  const all = await dataset.load({ rng: rng.fork('dataset'), ...given });
  const filtered = filters.reduce((rest, filter) => filter.apply(rest), all);
  const splits = split.split(filtered, rng.fork('split'));
  if (model.kind === 'representation') assertUsersAreTrained(model.reads, splits);
  return splits;
}

/** A model that looks up user ids knows nothing of users without training interactions. */
function assertUsersAreTrained(reads: Reads, { train, test }: Splits): void {
  if (reads !== 'user') return;
  const trained = new Uint8Array(train.catalogue.userCount);
  for (const user of train.users) trained[user] = 1;
  const stranger = test.targets.users.find((user) => !trained[user]);
  if (stranger === undefined) return;
  const id = train.catalogue.userIds[stranger];
  invalid(
    'runExperiment(split)',
    'test users with training interactions, for a model that reads user ids',
    `user ${id} without`,
    'Take a split within users, such as leaveLastOut(), or a model that reads histories.',
  );
}

interface TrainedModel {
  readonly predictor: Predictor;
  readonly epochs: readonly EpochReport[];
  readonly bestEpoch?: number;
}

function solve({ model }: SolvedExperiment, { train }: Splits, rng: Rng, { onProgress }: RunOptions): TrainedModel {
  return { predictor: createScorerPredictor(model.solve(train, rng.fork('model'), onProgress)), epochs: [] };
}

async function train(
  experiment: LearnedExperiment,
  splits: Splits,
  rng: Rng,
  options: RunOptions,
): Promise<TrainedModel> {
  const network = experiment.model.build(factsOf(splits.train), rng.fork('model'));
  try {
    const predictor = createPredictor(network);
    const optimizer = (experiment.optimizer ?? defaultOptimizer)();
    let past: readonly EpochReport[] = [];
    const checkpoint = checkpointOf(experiment, options, (epochs) => (past = epochs));
    const epochs = fit(network, splits.train, {
      loss: experiment.loss,
      ...(experiment.negatives ? { negatives: experiment.negatives } : {}),
      optimizer,
      epochs: experiment.epochs,
      batchSize: experiment.batchSize ?? 256,
      ...(experiment.windows ? { windows: experiment.windows } : {}),
      rng: rng.fork('fit'),
      ...(experiment.schedule ? { schedule: experiment.schedule } : {}),
      ...(experiment.penalty ? { penalty: experiment.penalty } : {}),
      ...(experiment.precision ? { precision: experiment.precision } : {}),
      ...(checkpoint ? { checkpoint } : {}),
      ...(options.onProgress ? { onProgress: options.onProgress } : {}),
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const reports: EpochReport[] = [];
    let state: TrainingState | undefined;
    for await (const epoch of epochs) {
      state = epoch.state;
      const judged = await judgeEpoch(experiment, predictor, splits, epoch, options);
      reports.push(judged.report);
      options.onEpoch?.(judged.report);
      if (judged.enough) break;
    }
    const best = state?.best;
    if (best && state) restoreParameters(state.parameters, best.weights);
    return { predictor, epochs: [...past, ...reports], ...(best ? { bestEpoch: best.epoch } : {}) };
  } catch (error) {
    disposeParameters(network.parameters);
    throw error;
  }
}

function factsOf({ catalogue, ratings }: Interactions): DataSummary {
  return {
    ...catalogue,
    ...(ratings ? { ratingMean: ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length } : {}),
  };
}

const defaultOptimizer = () => adam({ learningRate: 0.01 });

/** Measures the validation part after an epoch, if something goes by it, and keeps the weights if they are the best so far and training may stop early. */
async function judgeEpoch(
  experiment: LearnedExperiment,
  predictor: Predictor,
  splits: Splits,
  { state, recordValidation, ...finished }: FitEpoch,
  options: RunOptions,
): Promise<{ report: EpochReport; enough: boolean }> {
  const { stopEarly, schedule } = experiment;
  const watching = stopEarly ? 'stopEarly' : schedule?.metric === undefined ? undefined : 'schedule';
  if (!watching) return { report: finished, enough: false };
  const { metrics } = await evaluate(
    predictor,
    validationOf(splits, watching),
    evaluateOptions(experiment, splits, options),
  );
  const validation = Object.fromEntries(Object.entries(metrics).map(([name, { mean }]) => [name, mean]));
  if (!stopEarly) {
    recordValidation(validation, undefined);
    return { report: { ...finished, validation }, enough: false };
  }
  const value = validation[stopEarly.metric]!;
  const best: BestEpoch | undefined = stopEarly.improves(value, state.best?.value)
    ? { epoch: finished.epoch, value, weights: await copyParameters(state.parameters) }
    : state.best;
  recordValidation(validation, best);
  return { report: { ...finished, validation }, enough: finished.epoch - (best?.epoch ?? 0) >= stopEarly.patience };
}

function validationOf({ validation }: Splits, watching: 'stopEarly' | 'schedule'): HeldOut {
  return (
    validation ??
    invalid(
      `runExperiment(${watching})`,
      'a split with a validation part',
      'one without',
      'Choose a split that has one, e.g. leaveLastOut().',
    )
  );
}

/** How scores become ratings, of models that predict ratings. */
function ratingsOf({ loss, metrics, ratingScale }: Experiment): PredictedRatings | undefined {
  const rates = loss?.kind === 'rating' || metrics.some(({ kind }) => kind === 'rating');
  return rates
    ? { ...(loss?.kind === 'rating' ? { loss } : {}), ...(ratingScale ? { scale: ratingScale } : {}) }
    : undefined;
}

function evaluateOptions(
  { metrics, seen, loss, ratingScale, seed }: Experiment,
  { train }: Splits,
  { onProgress, signal }: RunOptions,
): EvaluateOptions {
  return {
    metrics,
    train,
    rng: createRng(seed).fork('evaluate'),
    ...(seen ? { seen } : {}),
    ...(loss?.kind === 'rating' ? { link: loss.link } : {}),
    ...(ratingScale ? { ratingScale } : {}),
    ...(onProgress ? { onProgress } : {}),
    ...(signal ? { signal } : {}),
  };
}

/** The file checkpoint of a run; reads it only when the run is to be resumed. */
function checkpointOf(
  experiment: LearnedExperiment,
  { checkpoint, resume = false, checkpointSeconds }: RunOptions,
  onRestored: (epochs: readonly EpochReport[]) => void,
): Checkpoint | undefined {
  if (checkpoint === undefined) return undefined;
  const run = {
    protocol: describeProtocol(experiment).hash,
    training: describeTraining(experiment),
    seed: experiment.seed,
    backend: tf.getBackend(),
  };
  const file = fileCheckpoint({
    path: checkpoint,
    key: shortHash(canonicalJson(run)),
    ...(checkpointSeconds === undefined ? {} : { seconds: checkpointSeconds }),
  });
  return {
    ...file,
    async restore(state) {
      const position = resume ? await file.restore(state) : undefined;
      if (position) onRestored(position.epochs);
      return position;
    },
  };
}

/** Training options as data, with the defaults spelled out. */
export function describeTraining({
  model,
  loss,
  negatives,
  epochs,
  batchSize = 256,
  windows,
  optimizer = defaultOptimizer,
  schedule,
  penalty,
  precision,
  stopEarly,
  ratingScale,
}: LearnedExperiment): NonNullable<Report['training']> {
  return {
    model: { name: model.name, ...model.protocol },
    loss: loss.name,
    ...(ratingScale ? { ratingScale: ratingScale.protocol } : {}),
    negatives: negatives
      ? { name: negatives.name, ...negatives.protocol }
      : loss.kind === 'ranking'
        ? `uniform(${loss.negativeCount ?? 1})`
        : null,
    epochs,
    batchSize,
    ...(windows ? { windows: { ...windows } } : {}),
    optimizer: optimizer().protocol,
    schedule: schedule?.name ?? 'constant',
    ...(penalty ? { penalty: penalty.protocol } : {}),
    ...(precision === 'bf16' ? { precision } : {}),
    stopEarly: stopEarly
      ? {
          metric: stopEarly.metric,
          patience: stopEarly.patience,
          minimumChange: stopEarly.minimumChange,
          better: stopEarly.better,
        }
      : null,
  };
}

function reportOf(
  experiment: Experiment,
  { train, test }: Splits,
  { epochs, bestEpoch }: TrainedModel,
  { metrics }: Evaluation,
  seconds: Report['seconds'],
): Report {
  const { dataset, split, model, loss, seed, published = {} } = experiment;
  const protocol: Protocol = describeProtocol(experiment);
  return {
    name: [dataset.name, split.name, model.name, loss?.name].filter(Boolean).join(' / '),
    protocol,
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, summary]) => [name, summaryOf(summary)])),
    published,
    ...(isLearned(experiment) ? { training: describeTraining(experiment) } : {}),
    epochs,
    ...(bestEpoch === undefined ? {} : { bestEpoch }),
    sizes: {
      users: train.catalogue.userCount,
      items: train.catalogue.itemCount,
      train: count(train),
      test: count(test.targets),
    },
    seed,
    backend: tf.getBackend(),
    environment: describeEnvironment(),
    seconds,
  };
}

const summaryOf = ({ mean, standardError, count }: MetricSummary): MetricSummary => ({ mean, standardError, count });
const count = ({ users }: Interactions): number => users.length;
