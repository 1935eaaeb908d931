import { invalid } from '@footlight/core';
import type { Outcome } from '@footlight/trainer';
import type { StoredResult } from './result.js';

/** What a row reached for each query, as means over its runs: what paired tests and distributions are made of. */
export interface QueryValues {
  readonly experiment: string;
  /** Of the protocol and the seeds that the values come from; those of another run are of no use. */
  readonly protocol: string;
  readonly seeds: readonly number[];
  /** Dense ids of the users who were asked about, ascending. */
  readonly users: readonly number[];
  /** By rank metric: a value per user, null where undefined. */
  readonly metrics: Readonly<Record<string, readonly (number | null)[]>>;
}

/** Values per query of one run. */
export interface RunValues {
  readonly users: readonly number[];
  readonly metrics: Readonly<Record<string, readonly (number | null)[]>>;
}

/** The values of metrics that have one per user; those of ratings, thousands per user, are left out. */
export function toRunValues(
  { users, values }: Pick<Outcome, 'users' | 'values'>,
  rankMetrics: readonly string[],
): RunValues {
  const kept = rankMetrics.map((name): [string, (number | null)[]] => [
    name,
    Array.from(values[name]!, roundToSixDigits),
  ]);
  return { users: Array.from(users), metrics: Object.fromEntries(kept) };
}

/** Means over runs, user by user. */
export function averageOverSeeds(
  { experiment, protocol, seeds }: StoredResult,
  runs: readonly RunValues[],
): QueryValues | undefined {
  const [first] = runs;
  if (!first || Object.keys(first.metrics).length === 0 || runs.some(({ users }) => !haveSameUsers(users, first.users)))
    return undefined;
  const mean = (metric: string, query: number) => averageOrNull(runs.map(({ metrics }) => metrics[metric]![query]!));
  const metrics = Object.keys(first.metrics).map((metric) => [
    metric,
    first.users.map((_, query) => mean(metric, query)),
  ]);
  return { experiment, protocol: protocol.hash, seeds, users: first.users, metrics: Object.fromEntries(metrics) };
}

/** Values as they are computed with. */
export function getMetricValues({ experiment, metrics }: QueryValues, metric: string): Float64Array {
  const values =
    metrics[metric] ??
    invalid('footlight compare', `one of ${Object.keys(metrics).join(', ')}`, `${metric} for ${experiment}`);
  return Float64Array.from(values, (value) => value ?? Number.NaN);
}

/** Whether values stand for the same users in the same order. */
export function haveSameUsers(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((user, at) => user === other[at]);
}

function averageOrNull(values: readonly (number | null)[]): number | null {
  return values.includes(null)
    ? null
    : roundToSixDigits(values.reduce<number>((sum, value) => sum + value!, 0) / values.length);
}

/** Six digits: far below what tells users apart, and a third of the file. */
const roundToSixDigits = (value: number): number | null => (Number.isNaN(value) ? null : Number(value.toPrecision(6)));
