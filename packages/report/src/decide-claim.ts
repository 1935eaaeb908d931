import { getError } from './metric-errors.js';
import { getQuantile } from './page/compute-interval.js';
import { isErrorMetric } from './page/names.js';
import type { MetricResult } from './result.js';

/** What measurements say about a claim that one mean is better than another. */
export type Decision = 'holds' | 'does not hold' | 'cannot be told';

/**
 * Decides the claim that one result is better than another by the 95 % confidence interval of the difference of their
 * means: it holds if the whole interval says so, does not hold if the whole interval says the opposite, and cannot be
 * told if 0 lies inside, or if an error is unknown.
 *
 * $$ \bar x - \bar y \pm t_\nu \sqrt{\mathrm{se}_x^2 + \mathrm{se}_y^2} $$
 *
 * with the degrees of freedom of Welch and Satterthwaite where errors are over seeds. Errors over users are used where
 * one of the two has no others; results on the same users agree in part of them, so that the interval is then too wide.
 *
 * @example
 * const one = { mean: 0.42, standardError: 0.002, values: [0.42] };
 * const other = { mean: 0.4, standardError: 0.002, values: [0.4] };
 * decideClaim('ndcg@100', one, other) // whether the first is better
 */
export function decideClaim(metric: string, better: MetricResult, other: MetricResult): Decision {
  const interval = computeDifference(better, other);
  if (!interval) return 'cannot be told';
  const [low, high] = isErrorMetric(metric) ? [-interval[1], -interval[0]] : interval;
  if (low > 0) return 'holds';
  return high < 0 ? 'does not hold' : 'cannot be told';
}

/** The 95 % confidence interval of the difference of two means; `undefined` if an error is unknown. */
export function computeDifference(
  one: MetricResult,
  other: MetricResult,
): readonly [low: number, high: number] | undefined {
  const kind = [one, other].every((each) => getError(each, 'seeds') !== undefined) ? 'seeds' : 'users';
  const errors = [one, other].map((each) => getError(each, kind) ?? getError(each, 'seeds'));
  const [first, second] = errors;
  if (first === undefined || second === undefined) return undefined;
  const variances = [first ** 2, second ** 2] as const;
  const total = variances[0] + variances[1];
  const difference = one.mean - other.mean;
  if (total === 0) return [difference, difference];
  const counts = [one.values.length - 1, other.values.length - 1];
  const freedom =
    kind === 'seeds' ? total ** 2 / variances.reduce((sum, variance, at) => sum + variance ** 2 / counts[at]!, 0) : 0;
  const half = getQuantile(freedom === 0 ? 0 : Math.max(1, Math.floor(freedom))) * Math.sqrt(total);
  return [difference - half, difference + half];
}

/**
 * Finds the best of several results, and all others that cannot be told from it.
 *
 * @returns positions, the best first
 */
export function findLeaders(metric: string, results: readonly MetricResult[]): number[] {
  const sign = isErrorMetric(metric) ? -1 : 1;
  const order = results.map((_, at) => at).sort((one, two) => sign * (results[two]!.mean - results[one]!.mean));
  const [best, ...others] = order;
  if (best === undefined) return [];
  return [best, ...others.filter((at) => decideClaim(metric, results[best]!, results[at]!) !== 'holds')];
}
