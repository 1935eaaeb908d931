import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { assertInteger, assertNumber, type Json } from '@footlight/core';
import type { Job } from 'bullmq';
import { createFailureCount } from '../count-failures.js';
import { openJournal } from '../log/journal.js';
import type { Objective } from '../optimize.js';
import { findStopReason } from '../stop-rules.js';
import type { Study } from '../study-types.js';
import { RETRY_KEY } from '../trial.js';
import type { TrialRecord } from '../types.js';
import { redisLog } from './redis-log.js';
import { DISPATCHED_KEY, JOB_KEY, loadQueue, type TrialJob } from './trial-queue.js';

export interface WorkOptions {
  /** Finds the study and the objective of a job; called once per study. `data` is that of `dispatchTrials`. */
  readonly open: (
    name: string,
    data: Json,
  ) => Promise<{ readonly study: Study; readonly objective: Objective }> | { study: Study; objective: Objective };
  /** How often the parameters of a trial run again if its worker ends. Default 2. */
  readonly retries?: number | undefined;
  /** Seconds after which a worker that does not answer counts as ended. Default 30. */
  readonly lockSeconds?: number | undefined;
  /** Seconds without a job after which the worker ends if all studies are over. Default 60. */
  readonly idleSeconds?: number | undefined;
  /** Failed trials in a row, of one study, that end the worker. Default 5. */
  readonly failures?: number | undefined;
  /** Ends the worker: the trial at hand is given back, so that another worker runs its parameters. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each trial of this worker. */
  readonly onTrial?: ((trial: TrialRecord, study: Study) => void) | undefined;
}

/** A study of this worker, and what ends the worker if its trials fail. */
interface OpenedStudy {
  readonly study: Study;
  readonly objective: Objective;
  readonly check: ReturnType<typeof createFailureCount>;
}

/**
 * Works on the trials that `dispatchTrials` dispatches, one at a time, until the stop rules of its studies end them.
 *
 * BullMQ's lock on the job is the heartbeat: the job of a worker that has ended goes to another one, which marks the
 * trial as failed in the log and runs its parameters again, as a new trial with the user attribute `retry_of`. The
 * objective must return to the event loop more often than `lockSeconds`.
 *
 * @param url the address of the log, as `redisLog` takes it
 * @throws {RecsysError} `search-failed` after several failures in a row; the jobs are left to other workers
 * @throws the reason of the signal, an error of `open`, and an error of Redis
 * @example
 * await workOnTrials(url, {
 *   open: async (name) => ({
 *     study: await createStudy({ name, log: redisLog(url) }),
 *     objective: (trial) => (trial.float('x', { low: -5, high: 5 }) - 2) ** 2,
 *   }),
 * });
 */
export async function workOnTrials(url: string, options: WorkOptions): Promise<void> {
  const { open, retries = 2, lockSeconds = 30, idleSeconds = 60, failures = 5, signal, onTrial } = options;
  assertInteger('workOnTrials(retries)', retries, { minimum: 0 });
  assertInteger('workOnTrials(failures)', failures);
  assertNumber('workOnTrials(lockSeconds)', lockSeconds, { above: 0 });
  assertNumber('workOnTrials(idleSeconds)', idleSeconds, { from: 0 });
  const log = redisLog(url);
  const journal = await openJournal(log);
  const { bullmq, name, options: queueOptions } = await loadQueue('workOnTrials', url);
  const opened = new Map<string, Promise<OpenedStudy>>();
  const ended = new AbortController();
  const interrupted = untilAborted(ended.signal);
  interrupted.catch(() => undefined); // without a trial, no call waits for it
  let [failure, idleSince]: [unknown, number] = [undefined, Date.now()];
  let running: { readonly job: string; readonly lost: AbortController } | undefined;
  const stop = (cause?: unknown): void => {
    if (ended.signal.aborted) return;
    failure = cause;
    ended.abort(cause);
  };
  const onAbort = () => stop(signal!.reason);
  signal?.throwIfAborted();
  signal?.addEventListener('abort', onAbort);

  async function openStudy(studyName: string, data: Json): Promise<OpenedStudy> {
    return { ...(await open(studyName, data)), check: createFailureCount(studyName, failures) };
  }
  async function runJob(job: Job<TrialJob>, lost: AbortSignal): Promise<void> {
    const { study: studyName, data } = job.data;
    if (!opened.has(studyName)) opened.set(studyName, openStudy(studyName, data));
    const { study, objective, check } = await opened.get(studyName)!;
    const where = { [JOB_KEY]: job.id! };
    await study.refresh();
    await study.failRunning({ where, retries });
    if (isDone(study, job.id!)) return;
    let [record, error]: [TrialRecord | undefined, unknown] = [undefined, undefined];
    const compute: Objective = async (trial) => {
      try {
        return await objective(trial);
      } catch (cause) {
        error = cause;
        throw cause;
      }
    };
    const trial = study.optimize(compute, {
      trials: 1,
      attributes: { ...where, worker: `${hostname()}:${process.pid}` },
      onError: 'continue',
      signal: AbortSignal.any([ended.signal, lost]),
      onTrial(each) {
        record = each;
        onTrial?.(each, study);
      },
    });
    trial.catch(() => undefined);
    await Promise.race([trial, interrupted]).catch((cause) => {
      if (!lost.aborted) throw cause;
    });
    try {
      if (record && !lost.aborted) check(record, error);
    } catch (cause) {
      stop(cause); // the trial has ended, and so does its job
    }
  }
  /** What this worker does not finish is for another one: the job, and the parameters of its trial. */
  async function returnJob(job: Job<TrialJob>, token: string | undefined): Promise<never> {
    const { study } = (await opened.get(job.data.study)?.catch(() => undefined)) ?? {};
    await study?.failRunning({ where: { [JOB_KEY]: job.id! }, retries: 1e6, reason: 'its worker was interrupted' });
    await job.moveToWait(token);
    throw new bullmq.WaitingError();
  }
  async function runOrReturn(job: Job<TrialJob>, token?: string): Promise<void> {
    running = { job: job.id!, lost: new AbortController() };
    try {
      ended.signal.throwIfAborted();
      await runJob(job, running.lost.signal);
    } catch (cause) {
      stop(cause);
      await returnJob(job, token);
    } finally {
      running = undefined;
      idleSince = Date.now();
    }
  }

  const worker = new bullmq.Worker<TrialJob>(name, runOrReturn, {
    ...queueOptions,
    lockDuration: 1000 * lockSeconds,
    stalledInterval: 1000 * lockSeconds,
    maxStalledCount: Number.MAX_SAFE_INTEGER, // the log counts
    drainDelay: 1,
  });
  worker.on('error', () => undefined); // the connection was lost: reading the log waits, or gives up
  worker.on('lockRenewalFailed', (jobs) => {
    if (running && jobs.includes(running.job)) running.lost.abort(); // another worker has the job
  });

  /** Whether nothing is left: also no trial of a worker that may have ended. */
  function isOver(): boolean {
    const studies = [...journal.replay.studies.values()].filter(({ attributes }) => DISPATCHED_KEY in attributes);
    if (studies.length === 0 || studies.some((study) => findStopReason(study) === undefined)) return false;
    const idle = (Date.now() - idleSince) / 1000;
    if (idle > Math.max(idleSeconds, 10 * lockSeconds)) return true;
    const areEnded = studies.every(({ trials }) => trials.every(({ state }) => state !== 'running'));
    return areEnded && (opened.size > 0 || idle > idleSeconds);
  }
  try {
    while (!ended.signal.aborted) {
      await journal.refresh();
      if (!running && isOver()) break;
      await wait(1000, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  } catch (cause) {
    stop(cause);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await worker.close();
    await log.close();
  }
  if (failure !== undefined) throw failure;
}

/** Whether the trial of a job has ended, and does not run again: its worker ended before it could say so. */
function isDone({ trials }: Study, job: string): boolean {
  const last = trials.findLast(({ attributes }) => attributes[JOB_KEY] === job);
  return last !== undefined && !trials.some(({ attributes }) => attributes[RETRY_KEY] === last.number);
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    if (signal.aborted) reject(signal.reason);
  });
}
