import type { Json } from '@footlight/core';
import type { RedisOptions } from 'bullmq';
import { loadPeer } from '../load-peer.js';
import { parseRedisUrl } from './redis-address.js';

/** What a job says: run one trial of this study. */
export interface TrialJob {
  readonly study: string;
  /** What the worker needs to find the objective. */
  readonly data: Json;
}

/** Name of the user attribute of a trial: the id of the job that runs it. */
export const JOB_KEY = 'job';

/** Name of the user attribute of a study whose trials are dispatched: what its workers need to find the objective. */
export const DISPATCHED_KEY = 'dispatched';

/** The queue that belongs to a log. */
export interface LogQueue {
  readonly bullmq: typeof import('bullmq');
  readonly name: string;
  readonly options: { readonly connection: RedisOptions; readonly prefix: string };
}

/** Loads BullMQ, and names the queue that belongs to the log of this URL. */
export async function loadQueue(where: string, url: string): Promise<LogQueue> {
  const { connection, prefix } = parseRedisUrl(where, url);
  const bullmq = await loadPeer(where, 'bullmq', () => import('bullmq'));
  return {
    bullmq,
    name: 'trials',
    options: {
      connection: { ...connection, maxRetriesPerRequest: null }, // it waits for Redis; reading the log gives up
      prefix: prefix === '' ? 'footlight' : `${prefix}:footlight`,
    },
  };
}
