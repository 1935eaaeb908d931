import type { OnProgress } from '@footlight/core';
import type { Experiment } from './experiment.js';
import type { Recommender } from './recommend.js';
import type { EpochReport, Report } from './report.js';

export interface RunOptions {
  /** Folder of the archives; see `LoadOptions.directory` of `@footlight/datasets`. */
  readonly directory?: string;
  /** File that training writes its state to, and resumes from. Default: none is written. */
  readonly checkpoint?: string;
  /** Go on from `checkpoint` if it is there. Default false: start anew. */
  readonly resume?: boolean;
  /** Seconds between checkpoints. Default 10; one is also written after every epoch. */
  readonly checkpointSeconds?: number;
  readonly onProgress?: OnProgress;
  readonly onEpoch?: (epoch: EpochReport) => void;
  /** Stops the run at the next step; with `checkpoint`, after writing one. */
  readonly signal?: AbortSignal;
}

/** A report together with what it was computed from. */
export interface Outcome extends Report {
  /** Values per query, by metric, in the order of `users`. NaN where undefined. */
  readonly values: Readonly<Record<string, Float64Array>>;
  /** The trained model over its catalogue. `saveArtifact(path, outcome.recommender)` keeps it. */
  readonly recommender: Recommender;
}

/** Loads, splits, trains and evaluates. */
export declare function runExperiment(experiment: Experiment, options?: RunOptions): Promise<Outcome>;
