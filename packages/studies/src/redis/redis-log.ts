import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { assertNumber, RecsysError } from '@footlight/core';
import type { StudyLog } from '../log/types.js';
import { parseRedisUrl } from './redis-address.js';
import { connectToRedis, LostConnection } from './redis-connection.js';

export interface RedisLogOptions {
  /** Seconds for which a call waits when the connection is lost, such as while Redis restarts. Default 60. */
  readonly retrySeconds?: number | undefined;
}

/** Log on a Redis server. */
export interface RedisLog extends StudyLog {
  close(): Promise<void>;
}

/** Entries that are read with one command. */
const BATCH = 1000;

/**
 * Appends entries, all or none.
 *
 * A writer numbers its appends. The number of its last one is stored with the entries, so that an append whose answer
 * was lost can be sent again: it has no second effect. Returns 1 if the entries are in the log, 0 if the log does not
 * have the expected length, and −1 if it is shorter than this writer has seen it.
 */
const appendScript = `
if redis.call('get', KEYS[2]) == ARGV[2] then return 1 end
local last = tonumber(redis.call('get', KEYS[1]) or '-1')
if last + 1 < tonumber(ARGV[3]) then return -1 end
if ARGV[4] ~= '' and last + 1 ~= tonumber(ARGV[4]) then return 0 end
redis.call('set', KEYS[2], ARGV[2], 'EX', 604800)
for i = 5, #ARGV do
  last = last + 1
  redis.call('set', string.format('%s:log:%d', ARGV[1], last), ARGV[i])
end
redis.call('set', KEYS[1], string.format('%d', last))
return 1`;

/**
 * Log on a Redis server, for workers on many machines: entries as Optuna's `JournalRedisBackend` writes and reads them.
 *
 * The keys are Optuna's, `PREFIX:log_number` and `PREFIX:log:0`, `PREFIX:log:1`, …; its snapshot, a Python pickle, is
 * neither read nor written. Besides, each writer has a key `PREFIX:footlight:writer:ID`, which ends after a week.
 * After a restart of Redis a call goes on, and no entry is lost or appended twice, as long as Redis stores what it was
 * told (`appendonly yes`).
 *
 * @param url `redis://[user:password@]host[:port][/database][?prefix=text]`; `rediss:` connects with TLS. Without a
 *   password, that of the environment variable `FOOTLIGHT_REDIS_PASSWORD` is used
 * @throws {RecsysError} `invalid-argument` if the address is wrong
 * @example
 * const log = redisLog('redis://localhost:6379/3?prefix=movies');
 * const study = await createStudy({ name: 'search', log });
 * await log.close();
 */
export function redisLog(url: string, { retrySeconds = 60 }: RedisLogOptions = {}): RedisLog {
  assertNumber('redisLog(retrySeconds)', retrySeconds, { from: 0 });
  const address = parseRedisUrl('redisLog(url)', url);
  const { name, prefix } = address;
  const { call, close } = connectToRedis(address, retrySeconds);
  const keys = { length: `${prefix}:log_number`, writer: `${prefix}:footlight:writer:${randomUUID()}` };
  let [known, sequence] = [0, 0];
  /** An append without an answer. */
  let unanswered: readonly string[] = [];
  let last: Promise<unknown> = Promise.resolve();

  async function read(from: number): Promise<readonly string[]> {
    const length = Number((await call((redis) => redis.get(keys.length))) ?? -1) + 1;
    if (length < Math.max(from, known)) return failShorter(name, Math.max(from, known), length);
    const entries: string[] = [];
    for (let start = from; start < length; start += BATCH) {
      const numbers = Array.from({ length: Math.min(BATCH, length - start) }, (_, at) => start + at);
      entries.push(...(await readBatch(numbers)));
    }
    known = length;
    return entries;
  }

  /** Optuna with `use_cluster` counts before it writes: an entry may be missing for a moment. */
  async function readBatch(numbers: readonly number[]): Promise<string[]> {
    for (let attempt = 0; ; attempt++) {
      const found = await call((redis) => redis.mget(numbers.map((number) => `${prefix}:log:${number}`)));
      const missing = found.indexOf(null);
      if (missing < 0) return found as string[];
      if (attempt === 20)
        throw new RecsysError(
          'invalid-data',
          `${name}: expected the key ${prefix}:log:${numbers[missing]}, received none. Was it deleted, or evicted? ` +
            'A study needs all of its keys: set maxmemory-policy to noeviction.',
        );
      await wait(100);
    }
  }

  async function append(entries: readonly string[], ifLength?: number): Promise<boolean> {
    const send = async (batch: readonly string[], length: number | string): Promise<number> => {
      unanswered = batch;
      const text = String(sequence);
      const answer = await call((redis) =>
        redis.eval(appendScript, 2, keys.length, keys.writer, prefix, text, known, length, ...batch),
      ).catch((cause) => {
        if (!(cause instanceof LostConnection)) unanswered = []; // Redis has refused it
        throw cause;
      });
      unanswered = [];
      return answer as number;
    };
    let batch = entries;
    if (unanswered.length > 0) {
      // The caller gave up, and now sends the same entries, perhaps with more behind them.
      const isRepeated = unanswered.every((entry, at) => entry === entries[at]);
      const stored = await call((redis) => redis.get(keys.writer));
      if (isRepeated && stored === String(sequence)) batch = entries.slice(unanswered.length);
      unanswered = [];
      if (batch.length === 0) return true;
    }
    sequence++;
    const answer = await send(batch, ifLength ?? '');
    if (answer < 0) failShorter(name, known, (await call((redis) => redis.get(keys.length))) ?? 0);
    return answer === 1;
  }

  return {
    name,
    read,
    append(entries, ifLength) {
      const result = last.then(() => append(entries, ifLength)); // one at a time: appends are numbered
      last = result.catch(() => undefined);
      return result;
    },
    close,
  };
}

function failShorter(name: string, expected: number, received: unknown): never {
  throw new RecsysError(
    'invalid-data',
    `${name}: expected a log of at least ${expected} entries, received ${received}. Redis has lost entries: start it ` +
      'with `appendonly yes`, and the study again.',
  );
}
