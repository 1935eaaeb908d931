import { RecsysError } from '@footlight/core';
import type { ProgressReporter } from '../progress.js';
import type { Position, TrainingState } from '../storage/checkpoint.js';
import type { TrainingProgress } from '../types.js';
import { constantRate } from './schedule.js';
import { countQueries } from './select-queries.js';
import type { BatchSource, FitOptions, Stepper } from './types.js';

/** What stays the same from epoch to epoch. */
export interface TrainingLoop {
  readonly stepper: Stepper;
  readonly batches: BatchSource;
  readonly options: FitOptions;
  readonly state: TrainingState;
  /** Counts steps of the whole run. */
  readonly progress: ProgressReporter;
}

/** A step that may still be under way. */
interface PendingStep {
  /** Waits for the step and returns its loss. */
  readonly loss: () => number | Promise<number>;
  /** Number of real queries; sum of their weights where interactions have weights. */
  readonly queryCount: number;
}

/**
 * Runs the rest of an epoch from a position in it.
 *
 * The loss of a step is read after the next step began, so that a step in the background and the preparation of the
 * next batch overlap. Before others may read the parameters, all steps are drained.
 *
 * @throws {RecsysError} `not-finite` for a loss that is NaN or infinite
 */
export async function runEpoch(
  { stepper, batches, options, state, progress }: TrainingLoop,
  start: Position,
): Promise<Position> {
  const { epochs, schedule = constantRate(), penalty, checkpoint, signal } = options;
  const rng = options.rng.fork(`epoch/${start.epoch}`);
  let position = start; // after the last step whose loss was read
  let pending: PendingStep | undefined;
  const drain = async (next?: PendingStep): Promise<void> => {
    const completed = pending;
    pending = next;
    if (completed) position = await recordStep(position, completed);
  };
  let step = start.step;
  let written = performance.now();
  try {
    for (const batch of batches.batchesFrom(start.step, rng.fork('order'))) {
      const reached = locateStep({ epoch: start.epoch, step }, batches);
      const loss = stepper.begin({
        batch,
        rng: rng.fork(`step/${step}`),
        learningRateFactor: schedule.factor(reached.progress, epochs, start.epochs),
        epoch: start.epoch,
        penaltyWeight: penalty?.weight(reached) ?? 1,
      });
      await drain({ loss, queryCount: countQueries(batch) });
      step++;

      const aborted = signal?.aborted === true;
      const writes = checkpoint && (aborted || performance.now() - written > checkpoint.seconds * 1000);
      const reports = progress.isDue();
      if (!writes && !aborted && !reports) continue;
      await drain();
      if (writes) {
        stepper.flush();
        await checkpoint.write(position, state);
        written = performance.now();
      }
      signal?.throwIfAborted();
      if (reports) await progress.report(start.epoch * batches.steps + step);
    }
    await drain();
  } finally {
    // After an error too, no thread may go on writing to the parameters.
    await (pending as PendingStep | undefined)?.loss();
  }
  return position;
}

/** Where in the run a step is. */
export function locateStep(
  { epoch, step }: Pick<Position, 'epoch' | 'step'>,
  { steps }: Pick<BatchSource, 'steps'>,
): TrainingProgress {
  return { step: epoch * steps + step, progress: epoch + step / steps };
}

/** @throws {RecsysError} `not-finite` */
async function recordStep(position: Position, { loss: readLoss, queryCount }: PendingStep): Promise<Position> {
  const { epoch, step } = position;
  const loss = await readLoss();
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
