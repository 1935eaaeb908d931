import { createRng, invalid } from '@footlight/core';
import { comparePaired } from '@footlight/metrics';
import { markdownTable } from 'markdown-table';
import { getMetricValues, haveSameUsers, type QueryValues } from './query-values.js';

/** Paired comparison of one metric of two experiments. */
export interface MetricComparison {
  readonly metric: string;
  /** Mean of the first experiment over users. */
  readonly one: number;
  /** Mean of the second experiment over users. */
  readonly other: number;
  /** `one − other`. */
  readonly difference: number;
  /** 95 % bootstrap interval of the difference. */
  readonly interval: readonly [low: number, high: number];
  /** Two-sided p-value of a sign-flip permutation test. */
  readonly pValue: number;
  /** Number of users with a value in both experiments. */
  readonly users: number;
}

/**
 * Compares two experiments user by user: differences of each rank metric, with a bootstrap interval and a sign-flip
 * test.
 *
 * The value of a user is the mean over seeds.
 *
 * @throws {RecsysError} `invalid-argument` unless both have the same users
 */
export function compareExperiments(one: QueryValues, other: QueryValues): MetricComparison[] {
  if (!haveSameUsers(one.users, other.users))
    invalid(
      'footlight compare',
      'two experiments with the same users',
      `${one.experiment} with ${one.users.length} users and ${other.experiment} with ${other.users.length} other users`,
    );
  return Object.keys(one.metrics).map((metric) => {
    const [left, right] = [getMetricValues(one, metric), getMetricValues(other, metric)];
    const { meanDifference, interval, pValue, count } = comparePaired(left, right, { rng: createRng(42) });
    const paired = left.map((value, at) => value + 0 * right[at]!); // NaN in either excludes the user
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

/** Formats comparisons as a Markdown table. */
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

/** Formats a difference and its interval, all with signs. */
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
