import { createRng, invalid } from '@footlight/core';
import { comparePaired } from '@footlight/metrics';
import { markdownTable } from 'markdown-table';
import { getMetricValues, haveSameUsers, type QueryValues } from './query-values.js';

/** One metric of two rows, user by user. */
export interface MetricComparison {
  readonly metric: string;
  readonly one: number;
  readonly other: number;
  readonly difference: number;
  /** 95 %. */
  readonly interval: readonly [low: number, high: number];
  readonly pValue: number;
  readonly users: number;
}

/**
 * Paired comparison of each rank metric, over users, of means over seeds: differences with a bootstrap interval and a sign-flip test.
 *
 * @throws {RecsysError} `invalid-argument` unless both were asked about the same users
 */
export function compareExperiments(one: QueryValues, other: QueryValues): MetricComparison[] {
  if (!haveSameUsers(one.users, other.users))
    invalid(
      'footlight compare',
      'rows over the same users',
      `${one.experiment} over ${one.users.length} and ${other.experiment} over ${other.users.length}`,
    );
  return Object.keys(one.metrics).map((metric) => {
    const [left, right] = [getMetricValues(one, metric), getMetricValues(other, metric)];
    const { meanDifference, interval, pValue, count } = comparePaired(left, right, { rng: createRng(42) });
    const paired = left.map((value, at) => value + 0 * right[at]!); // undefined in one is left out of both
    return {
      metric,
      one: averageDefined(paired),
      other: averageDefined(paired) - meanDifference,
      difference: meanDifference,
      interval: [interval.low, interval.high],
      pValue,
      users: count,
    };
  });
}

/** A table in Markdown; differences with their sign. */
export function formatComparisonTable(one: string, other: string, comparisons: readonly MetricComparison[]): string {
  const rows = comparisons.map((comparison) => [
    comparison.metric,
    comparison.one.toFixed(4),
    comparison.other.toFixed(4),
    formatSignedInterval(comparison),
    formatPValue(comparison),
    String(comparison.users),
  ]);
  return markdownTable([['metric', one, other, 'difference (95 %)', 'p', 'users'], ...rows], {
    align: ['l', 'r', 'r', 'r', 'r', 'r'],
  });
}

/** A difference and its interval, all with their signs. */
export function formatSignedInterval({ difference, interval: [low, high] }: MetricComparison): string {
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
  return `${signed(difference)} (${signed(low)} … ${signed(high)})`;
}

export function formatPValue({ pValue }: MetricComparison): string {
  return pValue < 0.001 ? '< .001' : pValue.toFixed(3);
}

function averageDefined(values: Float64Array): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
