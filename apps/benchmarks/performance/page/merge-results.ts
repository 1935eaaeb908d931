import type { BenchmarkCase } from '../measure/benchmark-case.js';
import type { PerformanceResults } from './report.js';

/**
 * Replaces stored results by those that were measured again, and adds those of other cases, in the order of the cases.
 */
export function mergeResults(
  stored: PerformanceResults,
  fresh: PerformanceResults,
  cases: readonly CaseName[],
): PerformanceResults {
  const others = stored.results.filter((result) => !fresh.results.some((each) => isSameCase(each, result)));
  const getPosition = (result: CaseName): number => {
    const position = cases.findIndex((each) => isSameCase(each, result));
    return position < 0 ? cases.length : position; // cases that cannot run here come last
  };
  return {
    results: [...others, ...fresh.results].sort((one, other) => getPosition(one) - getPosition(other)),
    memory: [...stored.memory.filter(({ name }) => !fresh.memory.some((each) => each.name === name)), ...fresh.memory],
    scaling: fresh.scaling.length > 0 ? fresh.scaling : stored.scaling,
  };
}

/** What tells cases apart. */
export type CaseName = Pick<BenchmarkCase, 'group' | 'name'>;

/** Whether both are the same case: group and name are equal. */
export function isSameCase(one: CaseName, other: CaseName): boolean {
  return one.group === other.group && one.name === other.name;
}
