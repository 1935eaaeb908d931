import type { Json } from '@footlight/core';
import type { ParameterValue } from './distributions.js';
import type { StudyLog } from './log/types.js';
import type { Objective, OptimizeOptions } from './optimize.js';
import type { TrialOutcome } from './outcome.js';
import type { StopRules } from './stop-rules.js';
import type { AskOptions, Trial } from './trial.js';
import type { Attributes, Direction, Pruner, Sampler, StudyView, TrialRecord } from './types.js';

export interface StudyOptions {
  /** Name of the study in its log. A study that is there already is continued. */
  readonly name: string;
  /** Where trials are stored. Default: a new `memoryLog()`. */
  readonly log?: StudyLog | undefined;
  /** Default `minimize`, or that of the study in the log. */
  readonly direction?: Direction | undefined;
  /** One direction per objective value, in place of `direction`. */
  readonly directions?: readonly Direction[] | undefined;
  /** Default `tpeSampler()`. */
  readonly sampler?: Sampler | undefined;
  /** Default `noPruner()`. */
  readonly pruner?: Pruner | undefined;
  /** Seed of the sampler: a trial's random numbers follow from it and the trial's number. Default 0. */
  readonly seed?: number | undefined;
  /** When the study ends. The rules are stored in the log and replace earlier ones there. */
  readonly stop?: StopRules | undefined;
}

export interface FailRunningOptions {
  /** Which running trials: those with these user attributes, such as the id of a worker. Default: all. */
  readonly where?: Attributes | undefined;
  /**
   * Enqueues the parameters of each trial again, with the user attribute `retry_of`, the number of the failed trial.
   * This is how many times parameters may run again. Default 0.
   */
  readonly retries?: number | undefined;
  /** Why the trials ended. Default: `its worker has ended`. */
  readonly reason?: string | undefined;
}

/** A study: trials of an objective, in a log that several workers may share. */
export interface Study extends StudyView {
  readonly attributes: Attributes;
  /** The best complete trial. @throws {RecsysError} `invalid-argument` if there is none, or several directions */
  readonly best: TrialRecord;
  /** The complete trials that no other one dominates. */
  readonly paretoFront: readonly TrialRecord[];
  /** The stop rule that has ended the study, in words. */
  readonly stopReason: string | undefined;
  /** Begins a trial: the first enqueued one, or a new one. */
  ask(options?: AskOptions): Promise<Trial>;
  /**
   * Ends a trial.
   *
   * @throws {RecsysError} `invalid-argument` if values do not fit the directions or the trial has ended
   */
  tell(trial: Pick<Trial, 'number'>, outcome: TrialOutcome): Promise<TrialRecord>;
  /** Runs trials: draws parameters, calls the objective and tells the result, until a rule or `options` say stop. */
  optimize(objective: Objective, options?: OptimizeOptions): Promise<void>;
  /** Adds a trial with these parameters to those that wait for a worker; others are drawn. */
  enqueue(params: Readonly<Record<string, ParameterValue>>, attributes?: Attributes): Promise<void>;
  /**
   * Marks running trials as failed: those of workers that were killed. Without `where`, call it while no worker runs.
   *
   * @returns how many they were
   */
  failRunning(options?: FailRunningOptions): Promise<number>;
  /** Stores plain JSON with the study. */
  setAttribute(name: string, value: Json): Promise<void>;
  /** Reads what other workers have written. */
  refresh(): Promise<void>;
}
