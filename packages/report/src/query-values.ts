import { invalid, omitUndefined } from '@footlight/core';
import type { Outcome } from '@footlight/trainer';
import type { ExperimentResult } from './result.js';

/** Metric values of an experiment per query, as means over its runs: the input of paired tests and distributions. */
export interface QueryValues extends Queries {
  readonly experiment: string;
  /** Hash of the protocol. Values of another protocol or other seeds do not belong to the stored result. */
  readonly protocol: string;
  readonly seeds: readonly number[];
  /** One value per query and rank metric; null where the metric is undefined. */
  readonly metrics: Readonly<Record<string, readonly (number | null)[]>>;
}

/** The evaluated queries. */
interface Queries {
  /** Dense ids of the evaluated users, ascending; numbers of queries where users have several. */
  readonly users: readonly number[];
  /** The user of each query, where users have several: differences of one user are not independent. */
  readonly queryUsers?: readonly number[];
  /** Number of interactions in the history of each query; absent in results of earlier versions. */
  readonly activity?: readonly number[];
  /** Mean number of training interactions of the test items of each query; absent in results of earlier versions. */
  readonly popularity?: readonly number[];
}

/** Metric values of one run for each query. */
export interface RunValues extends Queries {
  readonly metrics: Readonly<Record<string, readonly (number | null)[]>>;
}

/** Selects the values of rank metrics, which have one per query; rating metrics have thousands per user. */
export function toRunValues(
  {
    users,
    queryUsers,
    activity,
    popularity,
    values,
  }: Pick<Outcome, 'users' | 'queryUsers' | 'values'> & Partial<Pick<Outcome, 'activity' | 'popularity'>>,
  rankMetrics: readonly string[],
): RunValues {
  const kept = rankMetrics.map((name): [string, (number | null)[]] => [
    name,
    Array.from(values[name]!, roundToSixDigits),
  ]);
  return {
    users: Array.from(users),
    ...omitUndefined({
      queryUsers: queryUsers && Array.from(queryUsers),
      activity: activity && Array.from(activity),
      popularity: popularity && Array.from(popularity, (count) => Number(count.toPrecision(6))),
    }),
    metrics: Object.fromEntries(kept),
  };
}

/** Averages values over runs, query by query; undefined without rank metrics, or if the queries of runs differ. */
export function averageOverSeeds(
  { experiment, protocol, seeds }: Pick<ExperimentResult, 'experiment' | 'protocol' | 'seeds'>,
  runs: readonly RunValues[],
): QueryValues | undefined {
  const [first] = runs;
  if (!first || Object.keys(first.metrics).length === 0 || runs.some((run) => !haveSameQueries(run, first)))
    return undefined;
  const mean = (metric: string, query: number) => averageOrNull(runs.map(({ metrics }) => metrics[metric]![query]!));
  const metrics = Object.keys(first.metrics).map((metric) => [
    metric,
    first.users.map((_, query) => mean(metric, query)),
  ]);
  const { users, queryUsers, activity, popularity } = first;
  return {
    ...{ experiment, protocol: protocol.hash, seeds, users },
    ...omitUndefined({ queryUsers, activity, popularity }),
    metrics: Object.fromEntries(metrics),
  };
}

/** Values of one metric; NaN where it is undefined. */
export function getMetricValues({ experiment, metrics }: QueryValues, metric: string): Float64Array {
  const values =
    metrics[metric] ??
    invalid('footlight compare', `one of ${Object.keys(metrics).join(', ')}`, `${metric} for ${experiment}`);
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}

/** Whether both have the same queries of the same users in the same order. */
export function haveSameQueries(one: Queries, other: Queries): boolean {
  return areEqual(one.users, other.users) && areEqual(one.queryUsers ?? [], other.queryUsers ?? []);
}

function areEqual(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((user, at) => user === other[at]);
}

function averageOrNull(values: readonly (number | null)[]): number | null {
  return values.includes(null)
    ? null
    : roundToSixDigits(values.reduce<number>((sum, value) => sum + value!, 0) / values.length);
}

/** Six digits are more than differences between users need, and reduce the file to a third. */
const roundToSixDigits = (value: number): number | null => (Number.isNaN(value) ? null : Number(value.toPrecision(6)));
