import type { BenchmarkCase } from '../measure/benchmark-case.js';
import type { PerformanceResults } from './report.js';

/** Replaces stored results by those that were measured again. */
export function mergeResults(stored: PerformanceResults, fresh: PerformanceResults): PerformanceResults {
  return {
    results: stored.results.map((result) => fresh.results.find((each) => isSameCase(each, result)) ?? result),
    memory: fresh.memory.length > 0 ? fresh.memory : stored.memory,
    scaling: fresh.scaling.length > 0 ? fresh.scaling : stored.scaling,
  };
}

type CaseName = Pick<BenchmarkCase, 'group' | 'name'>;

/** Whether both are the same case: group and name are equal. */
export function isSameCase(one: CaseName, other: CaseName): boolean {
  return one.group === other.group && one.name === other.name;
}
