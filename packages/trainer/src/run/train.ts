import { invalid, omitUndefined, RecsysError, type Rng } from '@footlight/core';
import type { HeldOut, Interactions, Splits } from '@footlight/datasets';
import { disposeParameters } from '@footlight/layers';
import type { Loss } from '@footlight/losses';
import type { DataSummary } from '@footlight/models';
import { measureLoss } from '../evaluate/measure-loss.js';
import { createDefaultOptimizer } from '../experiment/describe-training.js';
import { fit } from '../fit/fit.js';
import type { ContinuedRun, TrainingStart } from '../fit/start-from.js';
import { findScore } from '../recommend/find-score.js';
import { listTrainedUsers } from '../recommend/list-trained-users.js';
import { createPredictor, createScorerPredictor, type Predictor } from '../recommend/predictor.js';
import type { Recommender } from '../recommend/types.js';
import { loadArtifact } from '../storage/artifact.js';
import type { TrainingState } from '../storage/checkpoint.js';
import { type EarlierRun, readEarlierRun } from '../storage/earlier-run.js';
import { restoreParameters } from '../storage/parameters.js';
import type { EpochReport, Experiment, LearnedExperiment, Protocol, SolvedExperiment } from '../types.js';
import { assertCanScore } from './evaluate-part.js';
import { createRunCheckpoint } from './run-checkpoint.js';
import { runSteps } from './run-steps.js';
import type { RunOptions } from './types.js';
import { validateEpoch } from './validate-epoch.js';

/** A trained model and how its training went. */
export interface TrainingResult {
  readonly predictor: Predictor;
  readonly epochs: readonly EpochReport[];
  /** Present if training could stop early. */
  readonly bestEpoch?: number;
  /** Present if training started from an earlier model or run. */
  readonly started?: TrainingStart;
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
    const earlier = options.from === undefined ? undefined : await readEarlierRun(options.from);
    if (options.from !== undefined && !earlier) from = await loadArtifact(options.from, experiment.model);
    let started: TrainingStart | undefined;
    const onStart = (start: TrainingStart): void => {
      started = start;
      options.onStart?.(start);
    };
    const continued = earlier && locateStart(earlier, experiment);
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
      onStart,
      rng: rng.fork('fit'),
      schedule: experiment.schedule,
      penalty: experiment.penalty,
      precision: experiment.precision,
      checkpoint: await createRunCheckpoint(experiment, {
        ...options,
        earlier,
        onRestored(reports, restoredState) {
          if (continued) onStart(continued);
          restored = reports;
          state = restoredState; // a run that was complete has no further epochs
        },
      }),
      onProgress: options.onProgress,
      signal: options.signal,
    });
    const reports: EpochReport[] = [];
    for await (const epoch of epochs) {
      state = epoch.state;
      const { report, shouldStop } = await validateEpoch(experiment, { network, predictor }, splits, epoch, options);
      reports.push(report);
      await options.onEpoch?.(report);
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

/** Epochs are counted from the beginning of the earlier run. */
function locateStart({ position: { epoch, step } }: EarlierRun, { epochs }: LearnedExperiment): ContinuedRun {
  if (epochs <= epoch)
    invalid(
      'defineExperiment(epochs)',
      `more epochs in all than the ${epoch} of the checkpoint that training starts from`,
      epochs,
      `Try ${2 * epoch}.`,
    );
  return { epoch, step };
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

function summarizeData(train: Interactions, loss: Loss): DataSummary {
  const { catalogue, users, ratings } = train;
  const mean = ratings && ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
  // models learn scores, which the link of a rating loss converts to ratings
  const ratingMean = mean !== undefined && loss.kind === 'rating' ? findScore(loss.link, mean) : mean;
  const trainedUsers = listTrainedUsers(catalogue, users);
  return { ...catalogue, interactions: train, ...omitUndefined({ ratingMean, trainedUsers }) };
}
