import type { OnProgress, Rng } from '@footlight/core';
import type { Batch, NegativeSampler, Negatives, TrainingWindowsOptions } from '@footlight/datasets';
import type { Optimizer, Precision, tf } from '@footlight/engine';
import type { Loss } from '@footlight/losses';
import type { Network, Representation } from '@footlight/models';
import type { ModelInput } from '../recommend/model-input.js';
import type { Recommender } from '../recommend/types.js';
import type { BestEpoch, Checkpoint, TrainingState } from '../storage/checkpoint.js';
import type { EpochReport, PenaltyWeight, Schedule } from '../types.js';
import type { StartCounts } from './start-from.js';

export interface FitOptions {
  readonly loss: Loss;
  /** For ranking losses. Default `uniformNegatives` with the loss's own count. */
  readonly negatives?: Negatives | undefined;
  readonly optimizer: Optimizer;
  readonly epochs: number;
  /** Rows per step: interactions (models of user ids), windows (sequence models) or users (models of baskets). */
  readonly batchSize: number;
  /** How the histories of sequence models are cut. Default: into windows of one more item than the model reads. */
  readonly windows?: TrainingWindowsOptions | undefined;
  readonly rng: Rng;
  /** Factor on the learning rate. Default constant 1. */
  readonly schedule?: Schedule | undefined;
  /** Factor on the penalty of the model, if it has one. Default 1. */
  readonly penalty?: PenaltyWeight | undefined;
  /**
   * Precision of matrix products while training; `bf16` is faster where the backend and the processor support it, and
   * less exact. Default `fp32`.
   */
  readonly precision?: Precision | undefined;
  /**
   * Stores the state of the run; if it holds a state, training continues from it, exactly, also with more `epochs` than
   * before. Default none.
   */
  readonly checkpoint?: Checkpoint | undefined;
  /**
   * A trained model of the same kind, whose parameters training starts from; the optimizer starts anew, and so do
   * epochs and schedules. (`checkpoint` continues with the state of the optimizer, where an earlier run ended.) Users
   * and items are found by their original ids, and new ones start from the first parameters of the network. Default:
   * all do.
   */
  readonly from?: Recommender | undefined;
  /** The representation of the network; needed with `from` if the data have other users or items, or another order. */
  readonly model?: Representation | undefined;
  /** Called with `from`: how many users and items are taken over, and how many are new. */
  readonly onStart?: ((counts: StartCounts) => void) | undefined;
  readonly onProgress?: OnProgress | undefined;
  /** Ends training with `signal.reason` after the step under way, and after writing the checkpoint. */
  readonly signal?: AbortSignal | undefined;
}

/** A completed epoch, as the caller's loop receives it. */
export interface FitEpoch extends EpochReport {
  /** What training changes. */
  readonly state: TrainingState;
  /** The first epoch that ends with the final penalty weight: 0 without a penalty, `Infinity` if there is none. */
  readonly finalPenaltyEpoch: number;
  /** Adds the evaluation of the epoch, and the best epoch so far, to what a checkpoint stores. */
  recordMetrics(evaluation: EpochEvaluation, best: BestEpoch | undefined): void;
}

/** The evaluation of held-out parts after an epoch. */
export type EpochEvaluation = Pick<EpochReport, 'validation' | 'validationLoss' | 'test'>;

/** A batch for any model; the baskets of a batch are both its input and its targets. */
export type StepBatch = Batch &
  Pick<ModelInput, 'baskets'> & {
    /** How much each item of the baskets counts, `[interaction]`. Default: 1. */
    readonly basketWeights?: Float32Array;
  };

/** The batches of an epoch. */
export interface BatchSource {
  /** Steps per epoch. */
  readonly steps: number;
  /** Yields the batches from this step on; `rng` decides the order of the whole epoch. */
  batchesFrom(step: number, rng: Rng): Generator<StepBatch>;
}

/** What stays the same from step to step. */
export interface StepContext {
  readonly network: Network;
  /** By path. */
  readonly parameters: ReadonlyMap<string, tf.Variable>;
  readonly loss: Loss;
  /** Present for ranking losses. */
  readonly sampler?: NegativeSampler | undefined;
  readonly optimizer: Optimizer;
  readonly itemCount: number;
  /** Whether training interactions have weights. Default false. */
  readonly isWeighted?: boolean;
  /** Precision of matrix products. Default `fp32`. */
  readonly precision?: Precision | undefined;
}

/** One training step. */
export interface Step {
  readonly batch: StepBatch;
  /** The random numbers of this step. */
  readonly rng: Rng;
  readonly learningRateFactor: number;
  /** From 0. */
  readonly epoch: number;
  /** Factor on the penalty of the model. */
  readonly penaltyWeight: number;
}

/**
 * Updates the parameters, one step at a time.
 *
 * A step may continue in the background after `begin` returns. Until its loss is read or `flush` is called, parameters
 * and optimizer state must not be read.
 */
export interface Stepper {
  /** Begins a step. @returns a function that waits for the step and returns its loss before the update */
  begin(step: Step): () => number | Promise<number>;
  /** Completes every deferred update; required before anything else reads parameters or optimizer state. */
  flush(): void;
}
