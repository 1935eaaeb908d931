import { RecsysError } from '@footlight/core';
import { isPruned } from './trial.js';
import type { TrialRecord } from './types.js';

/** Errors that no further trial would escape. */
const lasting = new Set(['search-changed', 'parameter-changed']);

/**
 * Creates what looks at each trial of a worker, with the error that ended it, and throws if it makes no sense to go on.
 *
 * @returns a function that throws `search-failed` after so many failed trials in a row, and errors that last
 */
export function createFailureCount(study: string, failures: number) {
  let inRow = 0;
  return ({ state, attributes, systemAttributes }: TrialRecord, error: unknown): void => {
    if (error instanceof RecsysError && lasting.has(error.code)) throw error;
    inRow = state === 'failed' ? inRow + 1 : 0;
    if (inRow < failures) return;
    const reason = attributes.reason ?? systemAttributes.fail_reason;
    throw new RecsysError(
      'search-failed',
      `study ${study}: expected trials that end with a value, received ${inRow} failed ones in a row. ` +
        `The last: ${String(reason).replace(/\.$/, '')}. Mend the search or narrow its ranges.`,
      { cause: isPruned(error) ? undefined : error },
    );
  };
}
