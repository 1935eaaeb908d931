import { isErrorMetric } from './page/names.js';
import type { ExperimentResult, MetricResult } from './result.js';

/** What a standard error is over: runs with other seeds, or the users (or ratings) of the test part. */
export type ErrorKind = 'seeds' | 'users';

/** The standard error of a mean of one kind; `undefined` if it was not measured. */
export function getError({ standardError, values, userError }: MetricResult, kind: ErrorKind): number | undefined {
  const repeated = values.length > 1;
  const error = kind === 'seeds' ? (repeated ? standardError : null) : repeated ? userError : standardError;
  return error ?? undefined;
}

/** Names an error in words, e.g. `± over seeds`; those of RMSE and MAE are over ratings, not over users. */
export function nameError(kind: ErrorKind, metric: string): string {
  return `± over ${kind === 'users' && isErrorMetric(metric) ? 'ratings' : kind}`;
}

/**
 * Lists the kinds of errors that a table of a metric shows: one for all results if all have it, over seeds first;
 * otherwise both, each in a column of its own.
 */
export function chooseErrorKinds(
  results: readonly ExperimentResult[],
  getResult: (result: ExperimentResult) => MetricResult | undefined,
): ErrorKind[] {
  const measured = results.flatMap((result) => getResult(result) ?? []).filter(hasError);
  const haveAll = (kind: ErrorKind) => measured.every((each) => getError(each, kind) !== undefined);
  if (measured.length === 0) return [];
  if (haveAll('seeds')) return ['seeds'];
  return measured.some((each) => getError(each, 'seeds') !== undefined) ? ['seeds', 'users'] : ['users'];
}

const hasError = (result: MetricResult): boolean =>
  getError(result, 'seeds') !== undefined || getError(result, 'users') !== undefined;
