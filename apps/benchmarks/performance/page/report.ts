import type { MemoryResult } from '../engine/measure-memory.js';
import type { Sweep } from '../engine/measure-scaling.js';
import type { BenchmarkResult } from '../measure/run-case.js';
import type { Dated, RunInfo } from './run-info.js';

/** Results of a suite, some of which may be of earlier runs. */
export interface PerformanceResults {
  readonly results: readonly Dated<BenchmarkResult>[];
  /** Peak memory of processes that train. */
  readonly memory: readonly Dated<MemoryResult>[];
  /** Training steps by size. */
  readonly scaling: readonly Dated<Sweep>[];
}

/** What `performance/results/<suite>/results.json` holds: the newest run and all results. */
export interface PerformanceReport extends RunInfo, PerformanceResults {}
