import type { Protocol } from './protocol.js';

/** One metric over all queries of the test part. */
export interface MetricSummary {
  readonly mean: number;
  /** Of the mean, over queries; NaN for metrics that have one value for all. */
  readonly standardError: number;
  /** Queries that have a value. */
  readonly count: number;
}

/** One pass over the training part. */
export interface EpochReport {
  readonly epoch: number; // from 0
  /** Mean over real queries. */
  readonly loss: number;
  readonly seconds: number;
  /** Metrics on the validation part, when they were measured. */
  readonly validation?: Readonly<Record<string, number>>;
}

export interface Environment {
  readonly node: string;
  readonly platform: string;
  readonly cpu: string;
  readonly threads: number;
  /** Versions of Footlight and TensorFlow.js. */
  readonly versions: Readonly<Record<string, string>>;
}

/** What one run of an experiment with one seed found, with everything that is needed to run it again. */
export interface Report {
  /** Dataset, split, model and loss, e.g. `movielens-100k / official(ua) / factorization(128) / bpr`. */
  readonly name: string;
  readonly protocol: Protocol;
  readonly metrics: Readonly<Record<string, MetricSummary>>;
  readonly published: Readonly<Record<string, number>>;
  /** Training options as data; absent for solvers. */
  readonly training?: Readonly<Record<string, unknown>>;
  readonly epochs: readonly EpochReport[];
  /** The epoch whose weights were judged, when training stopped early. */
  readonly bestEpoch?: number;
  readonly sizes: { readonly users: number; readonly items: number; readonly train: number; readonly test: number };
  readonly seed: number;
  readonly backend: string;
  readonly environment: Environment;
  readonly seconds: { readonly load: number; readonly train: number; readonly evaluate: number };
}
