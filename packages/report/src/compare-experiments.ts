import { createRng, invalid, toMarkdownText } from '@footlight/core';
import { comparePaired } from '@footlight/metrics';
import { markdownTable } from 'markdown-table';
import { getMetricValues, haveSameQueries, type QueryValues } from './query-values.js';

/** Paired comparison of one metric of two experiments. */
export interface MetricComparison {
  readonly metric: string;
  /** Mean of the first experiment over queries. */
  readonly one: number;
  /** Mean of the second experiment over queries. */
  readonly other: number;
  /** `one − other`. */
  readonly difference: number;
  /** 95 % bootstrap interval of the difference; whole users are resampled. */
  readonly interval: readonly [low: number, high: number];
  /** Two-sided p-value of a sign-flip permutation test; all differences of a user have one sign. */
  readonly pValue: number;
  /** Number of queries with a value in both experiments. */
  readonly queries: number;
  /** Number of their users. */
  readonly users: number;
}

/**
 * Compares two experiments query by query: differences of each rank metric, with a bootstrap interval and a sign-flip
 * test, both clustered by user where users have several queries.
 *
 * The value of a query is the mean over seeds.
 *
 * @throws {RecsysError} `invalid-argument` unless both have the same users
 */
export function compareExperiments(one: QueryValues, other: QueryValues): MetricComparison[] {
  if (!haveSameQueries(one, other))
    invalid(
      'footlight compare',
      'two experiments with the same users',
      `${one.experiment} with ${formatQueries(one)} and ${other.experiment} with ${formatQueries(other, 'other ')}`,
      (one.queryUsers === undefined) === (other.queryUsers === undefined)
        ? undefined
        : 'Results of earlier versions lack the users of windows: run both again.',
    );
  const { queryUsers: clusters } = one;
  return Object.keys(one.metrics).map((metric) => {
    const [left, right] = [getMetricValues(one, metric), getMetricValues(other, metric)];
    const { meanDifference, interval, pValue, count, clusterCount } = comparePaired(left, right, {
      rng: createRng(42),
      clusters,
    });
    const paired = left.map((value, at) => value + 0 * right[at]!); // NaN in either excludes the user
    return {
      metric,
      one: averageDefined(paired),
      other: averageDefined(paired) - meanDifference,
      difference: meanDifference,
      interval: [interval.low, interval.high],
      pValue,
      queries: count,
      users: clusterCount,
    };
  });
}

function formatQueries({ users, queryUsers }: QueryValues, word = ''): string {
  if (!queryUsers) return `${users.length} ${word}users`;
  return `${users.length} ${word}queries of ${new Set(queryUsers).size} users`;
}

/** Formats comparisons as a Markdown table; with the number of queries where users have several. */
export function formatComparisonTable(one: string, other: string, comparisons: readonly MetricComparison[]): string {
  const hasQueries = comparisons.some(({ queries, users }) => queries !== users);
  const rows = comparisons.map((comparison) => [
    comparison.metric,
    comparison.one.toFixed(4),
    comparison.other.toFixed(4),
    formatSignedInterval(comparison),
    formatPValue(comparison),
    ...(hasQueries ? [String(comparison.queries)] : []),
    String(comparison.users),
  ]);
  const counts = hasQueries ? ['queries', 'users'] : ['users'];
  return markdownTable(
    [['metric', toMarkdownText(one), toMarkdownText(other), 'difference (95 %)', 'p', ...counts], ...rows],
    {
      align: ['l', 'r', 'r', 'r', 'r', ...counts.map(() => 'r')],
    },
  );
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
