import { assertInteger, invalid, omitUndefined, yieldWhenDue } from '@footlight/core';
import { type Interactions, uniformNegatives } from '@footlight/datasets';
import { collectParameters } from '@footlight/layers';
import type { Network } from '@footlight/models';
import { createProgressReporter } from '../progress.js';
import { startPosition, type TrainingState } from '../storage/checkpoint.js';
import type { EpochReport, TrainingProgress } from '../types.js';
import { createComposedStepper } from './composed-stepper.js';
import { createFusedStepper } from './fused-stepper.js';
import { locateStep, runEpoch } from './run-epoch.js';
import { startFrom } from './start-from.js';
import { createTrainingSource } from './training-source.js';
import type { BatchSource, FitEpoch, FitOptions, StepContext } from './types.js';

/**
 * Trains a network in place and yields after every epoch, so that the caller can log or stop early with `break`.
 *
 * Every random number depends on `rng`, the epoch and the step alone, so a run that is killed and resumed from its
 * checkpoint ends with the bytes of an uninterrupted run.
 *
 * @throws {RecsysError} `not-finite` as soon as a loss is NaN or infinite
 * @example
 * for await (const { epoch, loss } of fit(network, train, options)) if (loss < 0.1) break;
 */
export async function* fit(network: Network, train: Interactions, options: FitOptions): AsyncGenerator<FitEpoch> {
  const { epochs, checkpoint, optimizer, penalty, onProgress } = options;
  assertInteger('fit(epochs)', epochs, { minimum: 0 });
  assertInteger('fit(batchSize)', options.batchSize);
  if (options.from) {
    const counts = await startFrom(network, train.catalogue, options.from, options.model);
    options.onStart?.(counts);
  }
  await yieldWhenDue();
  const state: TrainingState = { parameters: collectParameters(network.parameters), optimizer };
  const batches = createTrainingSource(network, train, options);
  const context = createStepContext(network, train, options, state);
  const stepper = createFusedStepper(context) ?? createComposedStepper(context);
  await yieldWhenDue();
  const progress = createProgressReporter({ label: 'train', total: epochs * batches.steps, unit: 'steps' }, onProgress);
  const finalPenaltyEpoch = findFinalPenaltyEpoch(options, batches);
  let position = (await checkpoint?.restore(state)) ?? startPosition;
  if (position.epoch > epochs || position.step > batches.steps)
    invalid(
      'fit(checkpoint)',
      `a position in ${epochs} epochs of ${batches.steps} steps`,
      `epoch ${position.epoch}, step ${position.step}`,
      'Delete the checkpoint.',
    );

  try {
    while (position.epoch < epochs) {
      const started = performance.now();
      if (position.step === 0) network.planEpoch?.(position.epoch).begin?.();
      const end = await runEpoch({ stepper, batches, options, state, progress }, position);
      stepper.flush();
      network.refresh?.();
      const finished: EpochReport = {
        epoch: position.epoch,
        loss: end.lossSum / end.queryCount,
        seconds: (performance.now() - started) / 1000,
        ...omitUndefined({ penaltyWeight: penalty?.weight(locateLastStep(position.epoch, batches)) }),
      };
      let report = finished;
      const recordMetrics: FitEpoch['recordMetrics'] = (metrics, best) => {
        report = { ...finished, ...metrics };
        if (best) state.best = best;
      };
      yield { ...finished, state, finalPenaltyEpoch, recordMetrics };
      position = { ...startPosition, epoch: position.epoch + 1, epochs: [...position.epochs, report] };
      await checkpoint?.write(position, state);
    }
  } finally {
    optimizer.unload?.(); // no tensor of its state is left on a device
  }
}

const locateLastStep = (epoch: number, batches: BatchSource): TrainingProgress =>
  locateStep({ epoch, step: batches.steps - 1 }, batches);

function findFinalPenaltyEpoch({ penalty, epochs }: FitOptions, batches: BatchSource): number {
  if (!penalty) return 0;
  for (let epoch = 0; epoch < epochs; epoch++) if (penalty.isFinal(locateLastStep(epoch, batches))) return epoch;
  return Infinity;
}

function createStepContext(
  network: Network,
  train: Interactions,
  { loss, negatives, optimizer, precision }: FitOptions,
  { parameters }: TrainingState,
): StepContext {
  if (loss.kind === 'rating' && !train.ratings)
    invalid(
      'fit(loss)',
      'interactions with ratings for a rating loss',
      loss.name,
      'Try bprLoss(), or name the rating column.',
    );
  if (network.reads === 'basket' && loss.kind !== 'catalogue')
    invalid('fit(loss)', 'a catalogue loss for a model that reads baskets', loss.name, 'Try multinomialLoss().');
  const source =
    loss.kind === 'ranking' ? (negatives ?? uniformNegatives({ count: loss.negativeCount ?? 1 })) : undefined;
  const sampler = source?.prepare(train);
  if (loss.kind === 'ranking' && loss.needsProbabilities && !sampler!.logProbabilities)
    invalid(
      'fit(negatives)',
      `a sampler that states its probabilities, for the loss ${loss.name}`,
      source!.name,
      'Try uniformNegatives or popularNegatives.',
    );
  const isWeighted = train.weights !== undefined;
  return { network, parameters, loss, sampler, optimizer, itemCount: train.catalogue.itemCount, isWeighted, precision };
}
