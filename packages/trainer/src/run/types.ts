import type { Json, OnProgress } from '@footlight/core';
import type { ArchiveUse } from '@footlight/datasets';
import type { TrainingStart } from '../fit/start-from.js';
import type { Recommender } from '../recommend/types.js';
import type { FileSource, FileTarget } from '../storage/stored-file.js';
import type { EpochReport, MetricSummary, Protocol } from '../types.js';
import type { LeftOut } from './leave-out-cold.js';

export interface RunOptions {
  /** Folder of the archives; see `LoadOptions.directory` of `@footlight/datasets`. */
  readonly directory?: string | undefined;
  /**
   * File that training writes its state to, and resumes from; one run at a time may use it. A path, in Node, or a file
   * in a storage, e.g. `opfsFile('run.safetensors')` of a browser. Default: no state is written.
   */
  readonly checkpoint?: FileTarget | undefined;
  /**
   * File that training starts from: a path, in Node, its content, or a file in a storage. Its hash is part of the
   * training options of the report.
   *
   * From a saved model with the same options, training takes over the parameters only, and trains `epochs` more; see
   * `FitOptions.from`. From the checkpoint of an earlier run that differs in `epochs` or in the patience of
   * `stopEarly` alone, training continues exactly, with the state of the optimizer, until `epochs` in all: with the
   * numbers of a run that had so many from the beginning, unless a schedule depends on the number of epochs.
   */
  readonly from?: FileSource | undefined;
  /** Continue from `checkpoint` if the file exists. Default false: start again. */
  readonly resume?: boolean | undefined;
  /** Seconds between checkpoints. Default 10; a checkpoint is also written after every epoch. */
  readonly checkpointSeconds?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  /**
   * Called when the data are loaded, with the protocol and their fingerprint, and the archives that were read; what it
   * throws ends the run.
   */
  readonly onData?: ((protocol: Protocol, archives: readonly ArchiveUse[]) => void) | undefined;
  /** Called with `from`: what is taken over. */
  readonly onStart?: ((start: TrainingStart) => void) | undefined;
  /** Called after every epoch, and waited for; what it throws ends the run. */
  readonly onEpoch?: ((epoch: EpochReport) => unknown) | undefined;
  /** Stops the run at the next step; with `checkpoint`, after writing one. */
  readonly signal?: AbortSignal | undefined;
}

export interface Environment {
  /** Version of Node; `none` in browsers. */
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly threads: number;
  /** Versions of Footlight and TensorFlow.js. */
  readonly versions: Readonly<Record<string, string>>;
}

/** The first run of a two-staged experiment, which chose the final penalty weight. */
export interface PenaltySearch {
  readonly epochs: readonly EpochReport[];
  /** The epoch whose penalty weight was chosen. */
  readonly bestEpoch: number;
}

/** The results of one run of an experiment with one seed, with everything that is needed to run it again. */
export interface Report {
  /** Dataset, split, model and loss, e.g. `movielens-100k / published-split / factorization(128) / bpr`. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly metrics: Readonly<Record<string, MetricSummary>>;
  readonly published: Readonly<Record<string, number>>;
  /** Metrics on the validation part, before a refit; absent if the split has none. */
  readonly validation?: Readonly<Record<string, MetricSummary>>;
  readonly publishedValidation?: Readonly<Record<string, number>>;
  /** Training options as data; absent for solvers. */
  readonly training?: { readonly [option: string]: Json };
  readonly epochs: readonly EpochReport[];
  /** The epoch whose parameters were evaluated; present if training could stop early. */
  readonly bestEpoch?: number;
  /** What was taken over from an earlier model or run; present with `from`. */
  readonly started?: TrainingStart;
  /** Mean loss of the test part, for models that read baskets; see `measureLoss`. */
  readonly testLoss?: number;
  /** Present for two-staged experiments. */
  readonly search?: PenaltySearch;
  /** Epochs of the training on the training and the validation part; present with `refit`, for learned models. */
  readonly refitEpochs?: readonly EpochReport[];
  /** The archives that were read, and whether their checksums are those of their publishers; absent if none. */
  readonly archives?: readonly ArchiveUse[];
  readonly sizes: { readonly users: number; readonly items: number; readonly train: number; readonly test: number };
  /** What was left out of the held-out parts, since no model can know it; absent if nothing was. See `cold`. */
  readonly leftOut?: { readonly validation?: LeftOut; readonly test: LeftOut };
  readonly seed: number;
  readonly backend: string;
  readonly environment: Environment;
  readonly seconds: { readonly load: number; readonly train: number; readonly evaluate: number };
}

/** A report together with what it was computed from. */
export interface Outcome extends Report {
  /** Values by metric, as in `Evaluation`; those of rank metrics in the order of `users`. NaN where undefined. */
  readonly values: Readonly<Record<string, Float64Array>>;
  /** Dense ids of the users that were evaluated, ascending. */
  readonly users: Int32Array;
  /** The user of each query, in the order of `users`, where users have several queries; see `HeldOut.queryUsers`. */
  readonly queryUsers?: Int32Array;
  /** Number of interactions in the history of each query, in the order of `users`. */
  readonly activity: Int32Array;
  /** Mean number of training interactions of the test items of each query, in the order of `users`. */
  readonly popularity: Float64Array;
  /** The trained model over its catalogue; `saveArtifact(path, outcome.recommender, …)` stores it. */
  readonly recommender: Recommender;
}
