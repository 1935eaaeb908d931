import { invalid } from '@footlight/core';
import { createFailureCount } from '../count-failures.js';
import { STOP_KEY } from '../stop-rules.js';
import type { Trial } from '../trial.js';
import type { TrialRecord } from '../types.js';
import type { OpenedSearch } from './open-search.js';
import { type RunTrialOptions, runTrial } from './run-trial.js';

export interface RunSearchOptions extends RunTrialOptions {
  /** Trials that this call runs at most. Default: until a stop rule of the study. */
  readonly trials?: number | undefined;
  /** Seconds after which this call begins no further trial. */
  readonly seconds?: number | undefined;
  /** Failed trials in a row that end the search. Default 5. */
  readonly failures?: number | undefined;
  /** Who runs the trials, stored with each of them; no other worker may have the text. Default: a random one. */
  readonly worker?: string | undefined;
  /** Called when a trial begins; its parameters are not named yet. */
  readonly onBegin?: ((trial: Trial) => void) | undefined;
  /** Called after each trial. */
  readonly onTrial?: ((trial: TrialRecord) => void) | undefined;
}

/** An interrupted trial may run again as often as it is interrupted. */
const unlimited = Number.MAX_SAFE_INTEGER;

/**
 * Runs trials of a search, one after another, until a stop rule of the study, `trials` or `seconds`.
 *
 * A trial that fails is marked so, and the search goes on. When the signal is aborted, the trial that runs is marked as
 * failed and its parameters wait for another turn.
 *
 * @throws {RecsysError} `search-failed` after several failures in a row; `search-changed` if a trial has another
 *   protocol than the others
 * @throws the reason of the signal
 * @example
 * const opened = await openSearch(search, { log: fileLog('search.log') });
 * await runSearch(opened, { trials: 20 });
 * console.log(opened.study.best.params);
 */
export async function runSearch(opened: OpenedSearch, options: RunSearchOptions = {}): Promise<void> {
  const { study } = opened;
  const { trials = Infinity, seconds = Infinity, failures = 5, signal, onBegin, onTrial } = options;
  const { worker = globalThis.crypto.randomUUID() } = options;
  if (trials === Infinity && seconds === Infinity && !(STOP_KEY in study.systemAttributes))
    invalid('runSearch', 'trials, seconds or a stop rule of the search', 'none', 'When should it end?');
  const end = performance.now() + 1000 * seconds;
  const check = createFailureCount(study.name, failures);
  for (let count = 0; count < trials && performance.now() < end; count++) {
    let error: unknown;
    let record: TrialRecord | undefined;
    await study.optimize(
      async (trial) => {
        onBegin?.(trial);
        try {
          return await runTrial(opened, trial, { ...options, signal: signal ?? trial.signal });
        } catch (cause) {
          error = cause;
          if (signal?.aborted)
            await study.failRunning({ where: { worker }, retries: unlimited, reason: 'interrupted' });
          throw cause;
        }
      },
      { trials: 1, onError: 'continue', attributes: { worker }, onTrial: (each) => (record = each) },
    );
    if (!record) return; // a stop rule
    onTrial?.(record);
    signal?.throwIfAborted();
    check(record, error);
  }
}
