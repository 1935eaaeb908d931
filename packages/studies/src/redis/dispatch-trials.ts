import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Json } from '@footlight/core';
import { countBegun, readStopRules } from '../stop-rules.js';
import type { Study } from '../study-types.js';
import { DISPATCHED_KEY, JOB_KEY, loadQueue, type TrialJob } from './trial-queue.js';

/** Jobs of a study that wait at once. */
const MOST_WAITING = 200;

export interface DispatchOptions {
  /** What a worker needs to find the objective, such as the name of a search: plain JSON. */
  readonly data?: Json | undefined;
  /** Ends the call: jobs that wait are taken back, and workers end the trials that they run. */
  readonly signal?: AbortSignal | undefined;
  /** Called after each look at the log, about once per second. */
  readonly onProgress?: ((progress: DispatchProgress) => void) | undefined;
}

export interface DispatchProgress {
  /** Workers that are connected to the queue. */
  readonly workers: number;
  /** Jobs of this study that no worker has taken. */
  readonly waiting: number;
  /** Jobs of this study that a worker has taken. */
  readonly active: number;
}

/**
 * Dispatches the trials of a study to workers on many machines, until a stop rule of the study ends it.
 *
 * One job of a BullMQ queue is one trial; `workOnTrials` runs it. The queue is on the Redis server of the log. It
 * hands the job of a worker that has ended to another one. What has come of the trials is read from the log only.
 *
 * @param url the address of the log, as `redisLog` takes it
 * @throws the reason of the signal
 * @example
 * const url = 'redis://localhost/3';
 * const study = await createStudy({ name: 'search', log: redisLog(url), stop: { trials: 200 } });
 * await dispatchTrials(url, study);
 */
export async function dispatchTrials(
  url: string,
  study: Study,
  { data = null, signal, onProgress }: DispatchOptions = {},
): Promise<void> {
  await study.setAttribute(DISPATCHED_KEY, data); // says first if Redis cannot be used
  const { bullmq, name, options } = await loadQueue('dispatchTrials', url);
  const queue = new bullmq.Queue<TrialJob>(name, options);
  queue.on('error', () => undefined); // the connection was lost: reading the log waits, or gives up
  const list = async (state: 'wait' | 'active') =>
    (await queue.getJobs([state])).filter((job) => job?.data.study === study.name);
  /** Removes jobs that no worker has begun; a job that comes back from a worker is not one of them. */
  const takeBack = async () => {
    const begun = new Set(study.trials.map(({ attributes }) => attributes[JOB_KEY]));
    const unused = (await list('wait')).filter(({ id }) => !begun.has(id!));
    for (const job of unused) await job.remove().catch(() => undefined); // a worker was faster
  };
  try {
    for (;;) {
      signal?.throwIfAborted();
      await study.refresh();
      const isOver = study.stopReason !== undefined;
      const [waiting, active] = [await list('wait'), await list('active')];
      if (isOver && active.length + waiting.length === 0) break;
      if (isOver) await takeBack();
      else {
        const { trials = Infinity } = readStopRules(study);
        const missing = Math.min(trials - countBegun(study), MOST_WAITING) - waiting.length;
        const jobs = Array.from({ length: missing }, () => ({
          name: 'trial',
          data: { study: study.name, data },
          opts: { jobId: randomUUID(), removeOnComplete: true, removeOnFail: true },
        }));
        if (missing > 0) await queue.addBulk(jobs);
      }
      onProgress?.({ workers: (await queue.getWorkers()).length, waiting: waiting.length, active: active.length });
      await wait(1000, undefined, signal && { signal }).catch(() => undefined);
    }
    await failOrphans(study);
  } finally {
    await takeBack().catch(() => undefined);
    await queue.close();
  }
}

/** No job is left: trials that still run have lost their worker after the end. */
async function failOrphans(study: Study): Promise<void> {
  for (const { state, attributes } of study.trials)
    if (state === 'running' && attributes[JOB_KEY] !== undefined)
      await study.failRunning({ where: { [JOB_KEY]: attributes[JOB_KEY] } });
}
