import { assertInteger, invalid, RecsysError } from '@footlight/core';
import type { SessionEvent, SessionStore } from '../sessions/session-store.js';

export interface RedisSessionsOptions {
  /** What the keys begin with. Default `footlight:session:`. */
  readonly prefix?: string;
  /** Seconds after its last event until a session is forgotten. Default 86,400, one day. */
  readonly seconds?: number;
}

/**
 * Sessions on a Redis server, which several services share: a list of JSON per session. Needs the package `ioredis`.
 *
 * @throws {RecsysError} `invalid-argument` for another address; `missing-package`; its functions throw `read-failed`
 *   while Redis does not answer
 * @example
 * createService({ models, sessions: await redisSessions('redis://localhost:6379') })
 */
export async function redisSessions(
  url: string,
  { prefix = 'footlight:session:', seconds = 86_400 }: RedisSessionsOptions = {},
): Promise<SessionStore> {
  assertInteger('redisSessions(seconds)', seconds);
  if (!/^rediss?:\/\//.test(url)) invalid('redisSessions', 'an address such as redis://localhost:6379', url);
  const { Redis } = await loadClient();
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  redis.on('error', () => {}); // the commands report it
  const run = async <T>(command: () => Promise<T>): Promise<T> => {
    try {
      return await command();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new RecsysError('read-failed', `redisSessions: expected Redis to answer, received: ${reason}`, { cause });
    }
  };
  return {
    append: (session, events, limit) =>
      run(async () => {
        const key = prefix + session;
        const pushed = redis.multi().rpush(key, ...events.map((event) => JSON.stringify(event)));
        const results = await pushed.ltrim(key, -limit, -1).expire(key, seconds).llen(key).exec();
        for (const [error] of results ?? []) if (error) throw error;
        return Number(results!.at(-1)![1]);
      }),
    read: (session) =>
      run(async () => {
        const texts = await redis.lrange(prefix + session, 0, -1);
        return texts.length === 0 ? undefined : texts.map((text) => JSON.parse(text) as SessionEvent);
      }),
    close: async () => redis.disconnect(),
  };
}

async function loadClient(): Promise<Pick<typeof import('ioredis'), 'Redis'>> {
  try {
    return await import('ioredis');
  } catch (cause) {
    throw new RecsysError(
      'missing-package',
      'redisSessions: expected the package ioredis, which is not installed. Install it: npm install ioredis',
      { cause },
    );
  }
}
