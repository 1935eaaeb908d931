import { type ErrorKind, getError } from '../metric-errors.js';
import type { MetricResult } from '../result.js';

// Student's t at 97.5 %, by degrees of freedom from 1.
const quantiles = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11,
  2.101, 2.093, 2.086,
];

/**
 * 95 % confidence interval of a mean: over seeds by Student's t, or over users (normal). Default: over seeds, with one
 * seed over users.
 *
 * $$ \bar x \pm t_{n - 1} \cdot \mathrm{se} $$
 */
export function computeInterval(
  result: MetricResult,
  kind: ErrorKind = result.values.length > 1 ? 'seeds' : 'users',
): readonly [low: number, high: number] | undefined {
  const error = getError(result, kind);
  if (error === undefined) return undefined;
  const half = getQuantile(kind === 'seeds' ? result.values.length - 1 : 0) * error;
  return [result.mean - half, result.mean + half];
}

/** Student's t at 97.5 %, by degrees of freedom; 0 stands for infinitely many. */
export function getQuantile(freedom: number): number {
  if (freedom === 0) return 1.96;
  return quantiles[freedom - 1] ?? 1.96 + 2.4 / freedom; // error below 0.005 from 21 on
}
