import { RecsysError } from '@footlight/core';
import type { StudyView } from './types.js';

/** What ends a trial: its objective value or values, or that it was pruned or failed, with the reason. */
export type TrialOutcome = number | readonly number[] | { readonly pruned: true } | { readonly failed: string };

/** The end of a trial, as the log holds it. */
interface End {
  readonly state: 'complete' | 'pruned' | 'failed';
  readonly values: readonly number[] | null;
  readonly reason?: string;
}

/** Checks an outcome. A value of NaN fails the trial. */
export function readOutcome(outcome: TrialOutcome, { directions }: Pick<StudyView, 'directions'>, number: number): End {
  if (typeof outcome === 'object' && outcome !== null && !Array.isArray(outcome)) {
    if ('failed' in outcome) return { state: 'failed', values: null, reason: outcome.failed };
    if ('pruned' in outcome) return { state: 'pruned', values: null };
  }
  const values = typeof outcome === 'number' ? [outcome] : outcome;
  const isFine =
    Array.isArray(values) && values.length === directions.length && values.every((value) => typeof value === 'number');
  if (!isFine)
    throw new RecsysError(
      'invalid-argument',
      `trial ${number}: expected ${directions.length === 1 ? 'a number' : `${directions.length} numbers`} ` +
        `of the objective, received ${Array.isArray(values) ? `[${values.join(', ')}]` : String(values)}.`,
    );
  if (values.some(Number.isNaN)) return { state: 'failed', values: null, reason: 'the objective is NaN' };
  return { state: 'complete', values };
}
