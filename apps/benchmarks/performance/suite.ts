import type { BackendName } from '@footlight/engine';
import type { BenchmarkCase } from './measure/benchmark-case.js';
import type { RunInfo } from './page/run-info.js';

/** Settings of a run that cases depend on. */
export interface SuiteOptions {
  /** Names on the command line: experiments to measure. */
  readonly names: readonly string[];
  /** Number of generated ratings, in the suite that reads them. */
  readonly ratings: number;
}

/** Benchmarks with one page of results. */
export interface Suite {
  readonly name: string;
  /** Heading of the page. */
  readonly title: string;
  /** npm script that runs the suite. */
  readonly script: string;
  /** File in `peers/` with the packages of the peers; absent without peers. */
  readonly requirements?: string;
  /** Whether a first round warms up and is not counted. */
  readonly warmUp: boolean;
  /** Whether the suite uses a backend of Footlight. */
  readonly usesBackend: boolean;
  /** The backend that the suite measures. Default: the best one that works. */
  readonly backend?: BackendName;
  /** Whether results are stored under `results/`; otherwise the page is only printed. */
  readonly isStored: boolean;
  /** Whether results of some cases are stored before all have been measured. Default false. */
  readonly storesParts?: boolean;
  /** Whether peak memory and scaling of training processes belong to the suite. */
  readonly measuresProcesses?: boolean;
  /** Creates the cases. */
  readonly createCases: (options: SuiteOptions) => readonly BenchmarkCase[] | Promise<readonly BenchmarkCase[]>;
  /** Explanations for readers of the page. */
  readonly notes: (run: RunInfo) => string;
}
