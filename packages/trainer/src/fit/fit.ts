import { invalid, type OnProgress, RecsysError, type Rng } from '@footlight/core';
import {
  basketBatches,
  type Interactions,
  type Negatives,
  pairBatches,
  sequenceBatches,
  toBaskets,
  uniformNegatives,
  type WindowsOptions,
  windows,
} from '@footlight/datasets';
import { bilinearSteps, type Optimizer, type Precision } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { findFormula, type Loss } from '@footlight/losses';
import type { Network } from '@footlight/models';
import { toModelInput } from '../recommend/predictor.js';
import type { EpochReport } from '../run/report.js';
import {
  type BestEpoch,
  type Checkpoint,
  type Position,
  startPosition,
  type TrainingState,
} from '../storage/checkpoint.js';
import type { PenaltyWeight, TrainingProgress } from './penalty-weight.js';
import { constantRate, type Schedule } from './schedule.js';
import { type StepBatch, type StepContext, trainStep } from './train-step.js';

export interface FitOptions {
  readonly loss: Loss;
  /** For ranking losses. Default `uniformNegatives` with the loss's own count. */
  readonly negatives?: Negatives;
  readonly optimizer: Optimizer;
  readonly epochs: number;
  /** Interactions (models that read user ids), windows (sequence models) or users (models that read baskets) per step. */
  readonly batchSize: number;
  /** How the histories of sequence models are cut. Default: into pieces of one more item than the model reads. */
  readonly windows?: WindowsOptions;
  readonly rng: Rng;
  /** Factor on the learning rate. Default constant 1. */
  readonly schedule?: Schedule;
  /** What the penalty of the model is multiplied by, if it has one. Default 1. */
  readonly penalty?: PenaltyWeight;
  /** Of products of matrices while training: `bf16` is faster on the backend `native`, where the processor knows it, and less exact. Default `fp32`. */
  readonly precision?: Precision;
  /** Keeps the state of the run; if it holds one, training goes on from there, exactly. Default none. */
  readonly checkpoint?: Checkpoint;
  readonly onProgress?: OnProgress;
  /** Ends training with `signal.reason` after the step that is under way, and after writing the checkpoint. */
  readonly signal?: AbortSignal;
}

/** One completed epoch, while the loop is in the caller's hands. */
export interface FitEpoch extends EpochReport {
  /** What training changes; write `best` to keep it across a restart. */
  readonly state: TrainingState;
  /** Adds measurements of this epoch to what a checkpoint remembers. */
  recordValidation(validation: Readonly<Record<string, number>>, best: BestEpoch | undefined): void;
}

/**
 * Trains a network in place and yields after every epoch: stopping early is `break`, logging is a line.
 *
 * Every number drawn depends on `rng`, the epoch and the step alone, so a run that was killed and resumed from its checkpoint ends with the bytes of
 * one that was not.
 *
 * @throws {RecsysError} `not-finite` as soon as a loss is NaN or infinite
 * @example
 * for await (const { epoch, loss } of fit(network, train, options)) if (loss < 0.1) break;
 */
export async function* fit(network: Network, train: Interactions, options: FitOptions): AsyncGenerator<FitEpoch> {
  const { epochs, checkpoint, optimizer } = options;
  const state: TrainingState = { parameters: collectParameters(network.parameters), optimizer };
  const batchesOf = batchSource(network, train, options);
  const parts = partsOf(network, train, options, state);
  let position = (await checkpoint?.restore(state)) ?? startPosition;

  while (position.epoch < epochs) {
    const started = performance.now();
    const reached = await runEpoch(parts, batchesOf, position, options, state);
    parts.fused?.flush();
    const finished: EpochReport = {
      epoch: position.epoch,
      loss: reached.lossSum / reached.queryCount,
      seconds: (performance.now() - started) / 1000,
      ...(options.penalty
        ? { penaltyWeight: options.penalty.weight(momentOf({ ...reached, step: reached.step - 1 }, batchesOf)) }
        : {}),
    };
    let report: EpochReport = finished;
    const remember: FitEpoch['recordValidation'] = (validation, best) => {
      report = { ...finished, validation };
      if (best) state.best = best;
    };
    yield { ...finished, state, recordValidation: remember };
    position = { ...startPosition, epoch: position.epoch + 1, epochs: [...position.epochs, report] };
    await checkpoint?.write(position, state);
  }
}

interface BatchSource {
  readonly steps: number;
  from(step: number, rng: Rng): Generator<StepBatch>;
}

function batchSource(
  { reads }: Network,
  train: Interactions,
  { batchSize, windows: cut, loss }: FitOptions,
): BatchSource {
  if (train.users.length === 0)
    invalid('fit(train)', 'at least one interaction', 'none', 'Do filters or the split leave nothing?');
  if (reads === 'user') {
    const { ratings: _, ...unrated } = train;
    const read = loss.kind === 'rating' ? train : unrated; // what is not read need not be gathered for every batch
    return {
      steps: Math.ceil(train.users.length / batchSize),
      from: (step, rng) => pairBatches(read, batchSize, rng, step),
    };
  }
  if (reads === 'basket') return basketSource(train, batchSize);
  const sequences = windows(train, cut ?? { length: reads.history + 1 });
  if (sequences.count === 0)
    invalid('fit(windows)', 'at least one window', 'none', 'Are all histories shorter than the minimum?');
  return {
    steps: Math.ceil(sequences.count / batchSize),
    from: (step, rng) => sequenceBatches(sequences, batchSize, rng, step),
  };
}

/** All that a user has is both what the model reads and what it is asked for. */
function basketSource(train: Interactions, batchSize: number): BatchSource {
  const all = toBaskets(train);
  return {
    steps: Math.ceil(all.users.length / batchSize),
    *from(step, rng) {
      for (const { users, offsets, items } of basketBatches(all, batchSize, rng, step)) {
        const histories = Array.from(users, (_, row) => items.subarray(offsets[row], offsets[row + 1]));
        const targetMask = new Float32Array(users.length).fill(1);
        yield { ...toModelInput(histories, 'basket', users), targets: new Int32Array(users.length), targetMask };
      }
    },
  };
}

function sumOf(weights: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += weights[at]!;
  return sum;
}

/** Where in the run a step is. */
function momentOf({ epoch, step }: Pick<Position, 'epoch' | 'step'>, { steps }: BatchSource): TrainingProgress {
  return { step: epoch * steps + step, progress: epoch + step / steps };
}

function partsOf(
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
  const formula = loss.kind === 'ranking' ? findFormula(loss) : undefined;
  const fused =
    network.bilinear && formula
      ? bilinearSteps({ tables: network.bilinear, parameters, loss: formula, optimizer })
      : undefined;
  return {
    network,
    parameters,
    loss,
    optimizer,
    itemCount: train.catalogue.itemCount,
    ...(precision ? { precision } : {}),
    ...(source ? { sampler: source.prepare(train) } : {}),
    ...(fused ? { fused } : {}),
  };
}

async function runEpoch(
  parts: StepContext,
  batches: BatchSource,
  start: Position,
  options: FitOptions,
  state: TrainingState,
): Promise<Position> {
  const { epochs, schedule = constantRate(), penalty, checkpoint, onProgress, signal } = options;
  const rng = options.rng.fork(`epoch/${start.epoch}`);
  let position = start; // after the last step whose loss is known
  let running: Running | undefined;
  const settle = (next?: Running) => {
    const done = running;
    running = next;
    if (done) position = after(position, done);
  };
  let step = start.step;
  let [written, shown] = [performance.now(), 0];
  try {
    for (const batch of batches.from(start.step, rng.fork('order'))) {
      const moment = momentOf({ epoch: start.epoch, step }, batches);
      const factor = schedule.factor(moment.progress, epochs, start.epochs);
      const loss = trainStep(parts, batch, rng.fork(`step/${step}`), factor, start.epoch, penalty?.weight(moment));
      settle({ loss, queryCount: sumOf(batch.targetMask ?? batch.mask) });
      step++;

      const now = performance.now();
      const due = checkpoint !== undefined && (now - written > checkpoint.seconds * 1000 || signal?.aborted === true);
      if (!due && !signal?.aborted && now - shown < 100) continue;
      settle(); // others see whole steps
      if (due) {
        parts.fused?.flush();
        await checkpoint.write(position, state);
        written = performance.now();
      }
      signal?.throwIfAborted();
      if (now - shown < 100) continue;
      shown = now;
      onProgress?.({
        label: 'train',
        done: start.epoch * batches.steps + step,
        total: epochs * batches.steps,
        unit: 'steps',
      });
      await new Promise(setImmediate); // lets signals and timers in
    }
    settle();
  } finally {
    (running as Running | undefined)?.loss(); // whatever went wrong: no thread writes to the tables any more
  }
  return position;
}

/** A step that may not be done yet, and its number of real queries. */
interface Running {
  readonly loss: () => number;
  readonly queryCount: number;
}

/** @throws {RecsysError} `not-finite` */
function after(position: Position, { loss: lossOf, queryCount }: Running): Position {
  const { epoch, step } = position;
  const loss = lossOf();
  if (!Number.isFinite(loss))
    throw new RecsysError(
      'not-finite',
      `fit: expected a finite loss, received ${loss}. Epoch ${epoch}, step ${step}; try a smaller learning rate.`,
    );
  return {
    ...position,
    step: step + 1,
    lossSum: position.lossSum + loss * queryCount,
    queryCount: position.queryCount + queryCount,
  };
}
