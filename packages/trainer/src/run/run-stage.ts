import { createRng, omitUndefined } from '@footlight/core';
import type { Interactions, Splits } from '@footlight/datasets';
import { ensureBackend } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import { evaluate } from '../evaluate/evaluate.js';
import type { Evaluation } from '../evaluate/types.js';
import { isLearned } from '../experiment/define-experiment.js';
import { describeProtocol } from '../experiment/describe-protocol.js';
import { describeTraining } from '../experiment/describe-training.js';
import { createRecommender } from '../recommend/create-recommender.js';
import type { PredictedRatings } from '../recommend/types.js';
import type { Experiment, MetricSummary } from '../types.js';
import { describeEnvironment } from './describe-environment.js';
import { loadSplits } from './load-splits.js';
import { toEvaluateOptions } from './to-evaluate-options.js';
import { solve, type TrainingResult, train } from './train.js';
import type { Outcome, Report, RunOptions } from './types.js';

/** Runs an experiment once, in one stage, with its seed: loads, trains, evaluates and reports. */
export async function runStage(experiment: Experiment, options: RunOptions): Promise<Outcome> {
  await ensureBackend();
  const rng = createRng(experiment.seed);
  const clock = createStopwatch();
  const splits = await loadSplits(experiment, rng, options);
  const load = clock();

  const scaled = { ...splits, train: experiment.ratingScale?.apply(splits.train) ?? splits.train };
  const result = isLearned(experiment)
    ? await train(experiment, scaled, rng, options)
    : solve(experiment, scaled, rng, options);
  const seconds = { load, train: clock() };

  const evaluation = await evaluate(result.predictor, splits.test, toEvaluateOptions(experiment, splits, options));
  return {
    ...createReport(experiment, splits, result, evaluation, { ...seconds, evaluate: clock() }),
    users: evaluation.users,
    values: Object.fromEntries(Object.entries(evaluation.metrics).map(([name, { values }]) => [name, values])),
    recommender: createRecommender(
      result.predictor,
      splits.known ?? splits.test.history,
      describePredictedRatings(experiment),
    ),
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

/** How scores become ratings; `undefined` for models that only rank. */
function describePredictedRatings({ loss, metrics, ratingScale }: Experiment): PredictedRatings | undefined {
  const predictsRatings = loss?.kind === 'rating' || metrics.some(({ kind }) => kind === 'rating');
  if (!predictsRatings) return undefined;
  return omitUndefined({ loss: loss?.kind === 'rating' ? loss : undefined, scale: ratingScale });
}

function createReport(
  experiment: Experiment,
  { train, test }: Splits,
  { epochs, bestEpoch, measureLoss }: TrainingResult,
  { metrics }: Evaluation,
  seconds: Report['seconds'],
): Report {
  const { dataset, split, model, loss, seed, published = {} } = experiment;
  return {
    name: [dataset.name, split.name, model.name, loss?.name].filter(Boolean).join(' / '),
    protocol: describeProtocol(experiment),
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, summary]) => [name, toSummary(summary)])),
    published,
    ...omitUndefined({ training: isLearned(experiment) ? describeTraining(experiment) : undefined }),
    epochs,
    ...omitUndefined({ bestEpoch, testLoss: measureLoss?.(test) }),
    sizes: {
      users: train.catalogue.userCount,
      items: train.catalogue.itemCount,
      train: countRows(train),
      test: countRows(test.targets),
    },
    seed,
    backend: tf.getBackend(),
    environment: describeEnvironment(),
    seconds,
  };
}

const toSummary = ({ mean, standardError, count }: MetricSummary): MetricSummary => ({ mean, standardError, count });
const countRows = ({ users }: Interactions): number => users.length;
