import { nameError } from './metric-errors.js';
import type { MetricResult } from './result.js';

export const formatMean = (mean: number): string => mean.toFixed(4);

/** Formats a standard error with enough digits to show small ones. */
export function formatStandardError(error: number): string {
  if (error < 1e-12) return '0'; // sums of equal numbers, rounded
  return error < 0.0001 ? error.toPrecision(1) : error.toFixed(4); // four digits would show 0
}

/** Formats a mean with its standard error. */
export function formatWithError({ mean, standardError: error }: MetricResult): string {
  return error === null ? formatMean(mean) : `${formatMean(mean)} ± ${formatStandardError(error)}`;
}

/** Formats a mean with its standard error and what that is over, e.g. `0.4116 ± 0.0013 over seeds`. */
export function formatWithNamedError(metric: string, result: MetricResult): string {
  if (result.standardError === null) return formatMean(result.mean);
  const kind = nameError(result.values.length > 1 ? 'seeds' : 'users', metric).slice('± '.length);
  return `${formatWithError(result)} ${kind}`;
}
