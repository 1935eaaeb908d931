import { assertInteger, invalid, RecsysError, yieldToEvents } from '@footlight/core';
import type { TrialOutcome } from './outcome.js';
import { type AskOptions, isPruned, type Trial } from './trial.js';
import type { Attributes, TrialRecord } from './types.js';

/** Computes the objective value of a trial, or one value per direction. */
export type Objective = (trial: Trial) => number | readonly number[] | Promise<number | readonly number[]>;

export interface OptimizeOptions {
  /** Number of trials that this call runs. Default: until a stop rule of the study. */
  readonly trials?: number | undefined;
  /** Number of trials that run at once, as promises of this thread. Default 1. */
  readonly workers?: number | undefined;
  /** Ends the search: no further trial begins, and `Trial.signal` is aborted. */
  readonly signal?: AbortSignal | undefined;
  /** Whether an error of the objective ends the search after it failed the trial. Default `throw`. */
  readonly onError?: 'throw' | 'continue' | undefined;
  /** User attributes of each trial, written together with its beginning. */
  readonly attributes?: Attributes | undefined;
  /** Called after each trial. */
  readonly onTrial?: ((trial: TrialRecord) => void) | undefined;
}

/** The study as a search needs it. */
export interface SearchedStudy {
  /** Begins a trial, unless a stop rule holds. */
  ask(options: AskOptions): Promise<Trial | undefined>;
  tell(trial: Trial, outcome: TrialOutcome): Promise<TrialRecord>;
  /** The trial, if another process has ended it, such as one that took this worker for dead. */
  findEnded(trial: Trial): TrialRecord | undefined;
  hasStopRule(): boolean;
}

/**
 * Runs trials until their number, a stop rule, an error or the signal ends the search. Trials that run then are waited
 * for and told.
 *
 * @throws {RecsysError} `invalid-argument` if nothing would ever end it
 * @throws the first error of the objective, and the reason of the signal
 */
export async function optimize(objective: Objective, options: OptimizeOptions, study: SearchedStudy): Promise<void> {
  const { trials, workers = 1, signal, onError = 'throw', attributes, onTrial } = options;
  if (trials !== undefined) assertInteger('optimize(trials)', trials);
  assertInteger('optimize(workers)', workers);
  if (trials === undefined && !signal && !study.hasStopRule())
    invalid('optimize(trials)', 'a number, a signal, or a stop rule of the study', 'none of them');
  signal?.throwIfAborted();
  let left = trials ?? Infinity;
  const errors: unknown[] = [];
  const inner = signal ?? new AbortController().signal;

  async function runTrial(trial: Trial): Promise<void> {
    const [outcome, error] = await runObjective(objective, trial);
    const record = await study.tell(trial, outcome).catch(async (cause: unknown) => {
      const ended = study.findEnded(trial);
      if (ended) return ended;
      if (cause instanceof RecsysError && cause.code === 'invalid-argument')
        // no value that the study can store
        await study.tell(trial, { failed: cause.message }).catch(() => undefined);
      throw cause;
    });
    onTrial?.(record);
    if (error !== undefined && onError === 'throw') errors.push(error);
  }
  async function work(): Promise<void> {
    while (left > 0 && errors.length === 0 && !inner.aborted) {
      left--;
      const trial = await study.ask({ signal: inner, attributes });
      if (!trial) return;
      await runTrial(trial).catch((error: unknown) => void errors.push(error)); // the log cannot be written
      await yieldToEvents();
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: Math.min(workers, left) }, work));
  errors.push(...ended.flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : [])));
  if (errors.length > 0 && !inner.aborted) throw errors[0];
  signal?.throwIfAborted();
}

/** What the objective came to; an error fails the trial. */
async function runObjective(objective: Objective, trial: Trial): Promise<[outcome: TrialOutcome, error?: unknown]> {
  try {
    return [await objective(trial)];
  } catch (error) {
    if (isPruned(error)) return [{ pruned: true }];
    return [{ failed: error instanceof Error ? error.message : String(error) }, error];
  }
}
