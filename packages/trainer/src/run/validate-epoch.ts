import { invalid, omitUndefined } from '@footlight/core';
import type { HeldOut, Splits } from '@footlight/datasets';
import type { Network } from '@footlight/models';
import { measureLoss } from '../evaluate/measure-loss.js';
import type { EpochEvaluation, FitEpoch } from '../fit/types.js';
import type { Predictor } from '../recommend/predictor.js';
import type { BestEpoch } from '../storage/checkpoint.js';
import { copyParameters } from '../storage/parameters.js';
import type { EpochReport, LearnedExperiment } from '../types.js';
import { evaluatePart } from './evaluate-part.js';
import type { RunOptions } from './types.js';

/** A network with its predictor. */
export interface TrainedModel {
  readonly network: Network;
  readonly predictor: Predictor;
}

/**
 * Evaluates the validation part after an epoch, if `stopEarly`, the schedule or `monitor` reads a metric of it, and
 * records the parameters if they are the best so far and training may stop early. With `monitor: 'test'` the test part
 * is evaluated as well, for the learning curve only.
 *
 * While the penalty weight still rises, an epoch is neither the best nor the last one, unless `stopEarly` counts it.
 *
 * @returns the report of the epoch, and whether training should stop
 */
export async function validateEpoch(
  experiment: LearnedExperiment,
  { network, predictor }: TrainedModel,
  splits: Splits,
  { state, finalPenaltyEpoch, recordMetrics, ...finished }: FitEpoch,
  options: RunOptions,
): Promise<{ readonly report: EpochReport; readonly shouldStop: boolean }> {
  const { stopEarly, schedule, monitor, loss } = experiment;
  const evaluateMeans = async (heldOut: HeldOut): Promise<Readonly<Record<string, number>>> => {
    const { metrics } = await evaluatePart(predictor, heldOut, experiment, splits, options);
    return Object.fromEntries(Object.entries(metrics).map(([name, { mean }]) => [name, mean]));
  };
  const reader =
    (stopEarly && 'stopEarly') ??
    (schedule?.metric === undefined ? undefined : 'schedule') ??
    (monitor === 'validation' ? 'monitor' : undefined);
  const heldOut = reader && getValidationPart(splits, reader);
  const evaluation: EpochEvaluation = omitUndefined({
    validation: heldOut && (await evaluateMeans(heldOut)),
    validationLoss: heldOut && measureLoss(network, heldOut, { loss, penaltyWeight: finished.penaltyWeight }),
    test: monitor === 'test' ? await evaluateMeans(splits.test) : undefined,
  });
  const report: EpochReport = { ...finished, ...evaluation };
  const first = stopEarly?.whileAnnealing === 'count' ? 0 : finalPenaltyEpoch;
  if (stopEarly && first === Infinity) refusePenalty(experiment);
  if (!stopEarly || finished.epoch < first) {
    recordMetrics(evaluation, undefined);
    return { report, shouldStop: false };
  }
  const value = evaluation.validation![stopEarly.metric]!;
  const best: BestEpoch | undefined = stopEarly.improves(value, state.best?.value)
    ? { epoch: finished.epoch, value, weights: await copyParameters(state.parameters) }
    : state.best;
  recordMetrics(evaluation, best);
  return { report, shouldStop: finished.epoch - (best?.epoch ?? first) >= stopEarly.patience };
}

function refusePenalty({ penalty, epochs }: LearnedExperiment): never {
  return invalid(
    'runExperiment(penalty)',
    `a weight that is final before the last of ${epochs} epochs, since stopEarly waits for it`,
    penalty?.name,
    "Let it rise over fewer epochs, or take stopEarly({ …, whileAnnealing: 'count' }).",
  );
}

function getValidationPart({ validation }: Splits, reader: 'stopEarly' | 'schedule' | 'monitor'): HeldOut {
  return (
    validation ??
    invalid(
      `runExperiment(${reader})`,
      'a split with a validation part',
      'one without',
      'Choose a split that has one, e.g. leaveLastOut().',
    )
  );
}
