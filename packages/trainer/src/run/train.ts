import { canonicalJson, type Json, omitUndefined, RecsysError, type Rng, shortHash } from '@footlight/core';
import type { HeldOut, Interactions, Splits } from '@footlight/datasets';
import { disposeParameters } from '@footlight/layers';
import type { Loss } from '@footlight/losses';
import type { DataSummary } from '@footlight/models';
import * as tf from '@tensorflow/tfjs';
import { measureLoss } from '../evaluate/measure-loss.js';
import { createDefaultOptimizer, describeTraining } from '../experiment/describe-training.js';
import { fit } from '../fit/fit.js';
import type { StartCounts } from '../fit/start-from.js';
import { findScore } from '../recommend/find-score.js';
import { listTrainedUsers } from '../recommend/list-trained-users.js';
import { createPredictor, createScorerPredictor, type Predictor } from '../recommend/predictor.js';
import type { Recommender } from '../recommend/types.js';
import { describeStart, loadArtifact } from '../storage/artifact.js';
import { type Checkpoint, fileCheckpoint, type TrainingState } from '../storage/checkpoint.js';
import { restoreParameters } from '../storage/parameters.js';
import type { EpochReport, Experiment, LearnedExperiment, Protocol, SolvedExperiment } from '../types.js';
import { assertCanScore } from './evaluate-part.js';
import { runSteps } from './run-steps.js';
import type { RunOptions } from './types.js';
import { validateEpoch } from './validate-epoch.js';

/** A trained model and how its training went. */
export interface TrainingResult {
  readonly predictor: Predictor;
  readonly epochs: readonly EpochReport[];
  /** Present if training could stop early. */
  readonly bestEpoch?: number;
  /** Present if training started from an earlier model. */
  readonly started?: StartCounts;
  /** Measures the loss of held-out users; absent for solvers, `undefined` for models that do not read baskets. */
  measureLoss?(heldOut: HeldOut): number | undefined;
  /** Present if the model was trained again; see `EvaluationSpec.refit`. */
  readonly refitEpochs?: readonly EpochReport[];
}

/** Solves a model in closed form, or counts it, in the scale of the model. */
export async function solve(
  experiment: SolvedExperiment,
  splits: Splits,
  rng: Rng,
  options: RunOptions,
): Promise<TrainingResult> {
  const { model } = experiment;
  const given = [scaleRatings(experiment, splits), rng.fork('model')] as const;
  const steps = model.solveInSteps?.(...given);
  const scorer = steps ? await runSteps(steps, options) : model.solve(...given, options.onProgress);
  const predictor = createScorerPredictor(scorer);
  assertCanScore(predictor, experiment, splits);
  return { predictor, epochs: [] };
}

/** Options of a run, and the protocol with the fingerprint of its data. */
export type TrainOptions = RunOptions & { readonly protocol: Protocol };

/**
 * Learns a model by gradient, in the scale of the model. Its parameters are disposed of if training fails.
 *
 * @param end epochs to train, if fewer than the experiment has; schedules see all epochs of the experiment
 */
export async function train(
  experiment: LearnedExperiment,
  splits: Splits,
  rng: Rng,
  options: TrainOptions,
  end: number = experiment.epochs,
): Promise<TrainingResult> {
  const scaled = scaleRatings(experiment, splits);
  let from: Recommender | undefined;
  const network = experiment.model.build(summarizeData(scaled, experiment.loss), rng.fork('model'));
  try {
    const predictor = createPredictor(network);
    assertCanScore(predictor, experiment, splits);
    if (options.from !== undefined) from = await loadArtifact(options.from, experiment.model);
    let started: StartCounts | undefined;
    let restored: readonly EpochReport[] = [];
    let state: TrainingState | undefined;
    const epochs = fit(network, scaled, {
      loss: experiment.loss,
      negatives: experiment.negatives,
      optimizer: (experiment.optimizer ?? createDefaultOptimizer)(),
      epochs: experiment.epochs,
      batchSize: experiment.batchSize ?? 256,
      windows: experiment.windows,
      from,
      model: experiment.model,
      onStart: (counts) => {
        started = counts;
        options.onStart?.(counts);
      },
      rng: rng.fork('fit'),
      schedule: experiment.schedule,
      penalty: experiment.penalty,
      precision: experiment.precision,
      checkpoint: createRunCheckpoint(experiment, options, (reports, restoredState) => {
        restored = reports;
        state = restoredState; // a run that was complete has no further epochs
      }),
      onProgress: options.onProgress,
      signal: options.signal,
    });
    const reports: EpochReport[] = [];
    for await (const epoch of epochs) {
      state = epoch.state;
      const { report, shouldStop } = await validateEpoch(experiment, { network, predictor }, splits, epoch, options);
      reports.push(report);
      options.onEpoch?.(report);
      if (shouldStop || (report.epoch + 1 >= end && end < experiment.epochs)) break;
    }
    const best = state?.best;
    if (best && state) restoreParameters(state.parameters, best.weights);
    const all = [...restored, ...reports];
    if (experiment.stopEarly && !best && all.length > 0) refuseUndefined(experiment.stopEarly.metric, all.length);
    const { penaltyWeight } = all[best?.epoch ?? all.length - 1] ?? {};
    return {
      predictor,
      epochs: all,
      ...omitUndefined({ bestEpoch: best?.epoch, started }),
      measureLoss: (heldOut) => measureLoss(network, heldOut, { loss: experiment.loss, penaltyWeight }),
    };
  } catch (error) {
    disposeParameters(network.parameters);
    throw error;
  } finally {
    if (from) disposeParameters(from.predictor.parameters);
  }
}

function scaleRatings({ ratingScale }: Experiment, { train }: Splits): Interactions {
  return ratingScale?.apply(train) ?? train;
}

function refuseUndefined(metric: string, epochs: number): never {
  throw new RecsysError(
    'not-finite',
    `runExperiment(stopEarly): expected a number for ${metric} of the validation part, received NaN after each of ` +
      `${epochs} epochs. Do all queries lack a value, or did the training diverge?`,
  );
}

function summarizeData({ catalogue, users, ratings }: Interactions, loss: Loss): DataSummary {
  const mean = ratings && ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  // models learn scores, which the link of a rating loss converts to ratings
  const ratingMean = mean !== undefined && loss.kind === 'rating' ? findScore(loss.link, mean) : mean;
  return { ...catalogue, ...omitUndefined({ ratingMean, trainedUsers: listTrainedUsers(catalogue, users) }) };
}

/** The file checkpoint of a run, whose key names everything that its numbers depend on; read only to resume a run. */
function createRunCheckpoint(
  experiment: LearnedExperiment,
  { protocol, checkpoint: path, resume = false, checkpointSeconds: seconds, from }: TrainOptions,
  onRestored: (epochs: readonly EpochReport[], state: TrainingState) => void,
): Checkpoint | undefined {
  if (path === undefined) return undefined;
  const { hash: _, ...fields } = protocol;
  const run = {
    protocol: fields as unknown as Json,
    training: { ...describeTraining(experiment), ...describeStart(from) },
    seed: experiment.seed,
    backend: tf.getBackend(),
  };
  const file = fileCheckpoint({ path, key: shortHash(canonicalJson(run)), description: run, seconds });
  return {
    ...file,
    async restore(state) {
      const position = resume ? await file.restore(state) : undefined;
      if (position) onRestored(position.epochs, state);
      return position;
    },
  };
}
