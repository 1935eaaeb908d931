import { assertInteger } from '@footlight/core';
import type { Journal, NewEntry } from './log/journal.js';
import { encodeState, formatNow, operation } from './log/operations.js';
import type { StudyRecord } from './log/replay.js';
import type { FailRunningOptions } from './study-types.js';
import { FIXED_KEY, RETRY_KEY } from './trial.js';
import type { Attributes, TrialRecord } from './types.js';

/**
 * Marks running trials as failed and enqueues their parameters again, in one step: of several processes that do it for
 * one trial, one has an effect.
 */
export async function failRunning(
  journal: Journal,
  study: StudyRecord,
  { where = {}, retries = 0, reason = 'its worker has ended' }: FailRunningOptions,
): Promise<number> {
  assertInteger('study.failRunning(retries)', retries, { minimum: 0 });
  let count = 0;
  await journal.decide(() => {
    const failed = study.trials.filter(
      ({ state, attributes }) =>
        state === 'running' && Object.entries(where).every(([key, value]) => attributes[key] === value),
    );
    count = failed.length;
    return failed.flatMap((trial) => {
      const end: NewEntry[] = [
        { op_code: operation.setSystemAttribute, trial_id: trial.id, system_attr: { fail_reason: reason } },
        {
          op_code: operation.setStateAndValues,
          trial_id: trial.id,
          state: encodeState('failed'),
          values: null,
          datetime_complete: formatNow(),
        },
      ];
      if (countRetries(study, trial) >= retries) return end;
      const fixed = (trial.systemAttributes[FIXED_KEY] ?? {}) as TrialRecord['params'];
      return [...end, createWaiting(study, { ...fixed, ...trial.params }, { [RETRY_KEY]: trial.number })];
    });
  });
  return count;
}

/** The entry of a trial that waits for a worker. */
export function createWaiting(study: StudyRecord, params: TrialRecord['params'], attributes: Attributes): NewEntry {
  return {
    op_code: operation.createTrial,
    study_id: study.id,
    datetime_start: null,
    state: encodeState('waiting'),
    value: null,
    values: null,
    distributions: {},
    params: {},
    user_attrs: attributes,
    system_attrs: { [FIXED_KEY]: params },
    intermediate_values: {},
  };
}

/** How many trials before this one had its parameters. */
function countRetries(study: StudyRecord, trial: TrialRecord): number {
  const before = study.trials[trial.attributes[RETRY_KEY] as number];
  return before && before.number < trial.number ? 1 + countRetries(study, before) : 0;
}
