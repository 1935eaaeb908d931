import { setTimeout as wait } from 'node:timers/promises';
import { RecsysError } from '@footlight/core';
import type { Redis } from 'ioredis';
import { loadPeer } from '../load-peer.js';
import { describeRedisError, isPassing } from './describe-redis-error.js';
import type { RedisAddress } from './redis-address.js';

/** The connection was lost for too long: what was sent may have had an effect or not. */
export class LostConnection extends RecsysError {}

/** A connection that repeats a call while Redis cannot be reached. */
export interface RedisConnection {
  /** @throws {RecsysError} `LostConnection` after the seconds given, or at once if Redis was never reached */
  call<Result>(command: (redis: Redis) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** Prepares a connection, which the first call opens. */
export function connectToRedis(address: RedisAddress, retrySeconds: number): RedisConnection {
  let [wasReady, wasClosed] = [false, false];
  let [connectionError, databaseError]: [unknown, unknown] = [undefined, undefined];
  let opened: Promise<Redis> | undefined;
  let pending = 0;
  /** A connection without a call does not keep the process alive. */
  const hold = (redis: Redis): unknown => (pending > 0 ? redis.stream?.ref() : redis.stream?.unref());

  async function open(): Promise<Redis> {
    const { Redis } = await loadPeer('redisLog', 'ioredis', () => import('ioredis'));
    const redis = new Redis({
      ...address.connection,
      lazyConnect: true,
      connectionName: 'footlight',
      connectTimeout: 5000,
      commandTimeout: 20_000,
      maxRetriesPerRequest: 0, // a call ends with its connection, and is repeated here
      autoResendUnfulfilledCommands: false,
      maxLoadingRetryTime: 1000,
      retryStrategy: (times) => Math.min(50 * times, 1000),
    });
    redis.on('error', (error: Error) => {
      connectionError = error;
      if (/DB index/i.test(error.message)) databaseError = error; // ioredis goes on with the database 0
    });
    redis.on('ready', () => {
      wasReady = true;
      connectionError = undefined;
      hold(redis);
    });
    return redis;
  }

  async function repeat<Result>(redis: Redis, command: (redis: Redis) => Promise<Result>): Promise<Result> {
    const deadline = Date.now() + 1000 * retrySeconds;
    for (let pause = 20; ; pause = Math.min(2 * pause, 500)) {
      try {
        if (!wasReady) await redis.ping();
        if (databaseError) throw databaseError;
        return await command(redis);
      } catch (error) {
        const cause = isPassing(error) ? (connectionError ?? error) : error;
        if (wasClosed || !isPassing(cause)) throw describeRedisError(address, cause);
        if (!wasReady) redis.disconnect();
        if (!wasReady || Date.now() >= deadline) {
          const { code, message } = describeRedisError(address, cause);
          throw new LostConnection(code, message, { cause });
        }
        await wait(pause);
      }
    }
  }

  return {
    async call<Result>(command: (redis: Redis) => Promise<Result>): Promise<Result> {
      opened ??= open();
      const redis = await opened;
      pending++;
      hold(redis);
      try {
        return await repeat(redis, command);
      } finally {
        pending--;
        hold(redis);
      }
    },
    async close(): Promise<void> {
      wasClosed = true;
      (await opened)?.disconnect();
    },
  };
}
