import { createRng, invalid, omitUndefined, type Rng, yieldWhenDue } from '@footlight/core';
import { type Interactions, joinValidation, type Splits } from '@footlight/datasets';
import { ensureBackend, tf } from '@footlight/engine';
import { disposeParameters } from '@footlight/layers';
import { describeEnvironment } from '#platform/run/describe-environment';
import type { Evaluation } from '../evaluate/types.js';
import { isLearned } from '../experiment/define-experiment.js';
import { describeTraining } from '../experiment/describe-training.js';
import { createRecommender } from '../recommend/create-recommender.js';
import { describeStart } from '../storage/artifact.js';
import { toStoredFile } from '../storage/stored-file.js';
import type { Experiment, LearnedExperiment, MetricSummary } from '../types.js';
import { countInteractions } from './count-interactions.js';
import { describePredictedRatings } from './describe-predicted-ratings.js';
import { evaluatePart } from './evaluate-part.js';
import { listKnown, listUntrainedUsers } from './list-known.js';
import { type LoadedData, loadSplits } from './load-splits.js';
import { solve, type TrainingResult, type TrainOptions, train } from './train.js';
import type { Outcome, Report, RunOptions } from './types.js';

/** Runs an experiment once, in one stage, with its seed: loads, trains, evaluates and reports. */
export async function runStage(experiment: Experiment, options: RunOptions): Promise<Outcome> {
  await ensureBackend();
  if (options.from !== undefined && !isLearned(experiment))
    invalid('runExperiment(from)', 'a model that is trained', `${experiment.model.name}, which is computed directly`);
  const rng = createRng(experiment.seed);
  const clock = createStopwatch();
  const loaded = await loadSplits(experiment, rng, options);
  const { splits, protocol } = loaded;
  const load = clock();
  await yieldWhenDue();

  const chosen = await learn(experiment, splits, rng, { ...options, protocol });
  let seconds = { load, train: clock() };
  const validation =
    splits.validation && (await evaluatePart(chosen.predictor, splits.validation, experiment, splits, options));
  const evaluated = clock();

  const parts = experiment.refit ? { ...splits, train: joinValidation(splits) } : splits;
  const result = experiment.refit ? await refit(experiment, parts, chosen, rng, { ...options, protocol }) : chosen;
  seconds = { load, train: seconds.train + clock() };

  await yieldWhenDue();
  const known = listKnown(splits);
  const evaluation = await evaluatePart(result.predictor, parts.test, experiment, parts, options);
  await yieldWhenDue();
  return {
    ...createReport(
      experiment,
      { ...loaded, splits: parts },
      result,
      evaluation,
      { ...seconds, evaluate: evaluated + clock() },
      await describeStart(options.from),
    ),
    ...omitUndefined({ validation: validation && toSummaries(validation) }),
    users: evaluation.users,
    ...omitUndefined({ queryUsers: evaluation.queryUsers }),
    ...countInteractions(parts.test, parts.train, evaluation.users),
    values: Object.fromEntries(Object.entries(evaluation.metrics).map(([name, { values }]) => [name, values])),
    recommender: createRecommender(
      result.predictor,
      known,
      describePredictedRatings(experiment),
      listUntrainedUsers(result.predictor, known, parts.train),
    ),
  };
}

/** Trains or solves the model of an experiment on the training part. */
async function learn(
  experiment: Experiment,
  splits: Splits,
  rng: Rng,
  options: TrainOptions,
  epochs?: number,
): Promise<TrainingResult> {
  return isLearned(experiment)
    ? train(experiment, splits, rng, options, epochs)
    : solve(experiment, splits, rng, options);
}

/** Learns a new model, for as many epochs as the first one was trained. `parts` has the joined training part. */
async function refit(
  { stopEarly: _, ...experiment }: Experiment & Pick<LearnedExperiment, 'stopEarly'>,
  parts: Splits,
  { predictor, epochs, bestEpoch = epochs.length - 1, started }: TrainingResult,
  rng: Rng,
  { checkpoint, from, onStart, ...options }: TrainOptions,
): Promise<TrainingResult> {
  disposeParameters(predictor.parameters);
  // a run that continues another ends as one run would, whose refit begins anew
  const start = started && !('items' in started) ? {} : { from, onStart };
  const own = { ...options, ...start, checkpoint: checkpoint && toStoredFile(checkpoint).withEnding('.refit') };
  const result = await learn(experiment, parts, rng, own, bestEpoch + 1);
  if (epochs.length === 0) return result; // a solver
  return {
    predictor: result.predictor,
    epochs,
    bestEpoch,
    refitEpochs: result.epochs,
    ...omitUndefined({ started: started ?? result.started }),
  };
}

/** @returns a function that returns the seconds since its last call */
function createStopwatch(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - last) / 1000;
    last = now;
    return seconds;
  };
}

function createReport(
  experiment: Experiment,
  { splits: { train, test }, protocol, archives, leftOut }: LoadedData,
  { epochs, bestEpoch, started, refitEpochs, measureLoss }: TrainingResult,
  evaluation: Evaluation,
  seconds: Report['seconds'],
  start: { readonly from?: string },
): Report {
  const { dataset, split, model, loss, seed, published = {}, publishedValidation } = experiment;
  return {
    name: [dataset.name, split.name, model.name, loss?.name].filter(Boolean).join(' / '),
    protocol,
    metrics: toSummaries(evaluation),
    published,
    ...omitUndefined({ publishedValidation }),
    ...(isLearned(experiment) && { training: { ...describeTraining(experiment), ...start } }),
    epochs,
    ...omitUndefined({ bestEpoch, started, refitEpochs, testLoss: measureLoss?.(test) }),
    ...(archives.length > 0 && { archives }),
    sizes: {
      users: train.catalogue.userCount,
      items: train.catalogue.itemCount,
      train: countRows(train),
      test: countRows(test.targets),
    },
    ...omitUndefined({ leftOut }),
    seed,
    backend: tf.getBackend(),
    environment: describeEnvironment(),
    seconds,
  };
}

function toSummaries({ metrics }: Evaluation): Record<string, MetricSummary> {
  const toSummary = ({ mean, standardError, count }: MetricSummary): MetricSummary => ({ mean, standardError, count });
  return Object.fromEntries(Object.entries(metrics).map(([name, summary]) => [name, toSummary(summary)]));
}

const countRows = ({ users }: Interactions): number => users.length;
