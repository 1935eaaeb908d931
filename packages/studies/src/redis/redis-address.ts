import { invalid } from '@footlight/core';

/** A Redis server, as its URL names it. */
export interface RedisAddress {
  /** The URL without its password, for messages. */
  readonly name: string;
  /** What comes before the keys of the log: `prefix` of Optuna's `JournalRedisBackend`. */
  readonly prefix: string;
  /** Options of ioredis. */
  readonly connection: {
    readonly host: string;
    readonly port: number;
    readonly db: number;
    readonly username?: string;
    readonly password?: string;
    readonly tls?: object;
  };
}

/** Whether a text is meant as the URL of a Redis server. */
export function isRedisUrl(text: string): boolean {
  return /^rediss?:/i.test(text);
}

/** Environment variable with the password of a server whose address names none. */
export const PASSWORD_VARIABLE = 'FOOTLIGHT_REDIS_PASSWORD';

/**
 * Reads `redis://[[user]:password@]host[:port][/database][?prefix=text]`; `rediss:` connects with TLS. An address
 * without a password has that of the environment variable `FOOTLIGHT_REDIS_PASSWORD`.
 *
 * @throws {RecsysError} `invalid-argument`, without the password in its message
 */
export function parseRedisUrl(where: string, text: string): RedisAddress {
  const shape = 'redis://[user:password@]host[:port][/database][?prefix=text]';
  const refuse = (received: string): never =>
    invalid(where, `an address such as ${shape}`, received, 'rediss:// connects with TLS.');
  if (!URL.canParse(text)) return refuse(maskPassword(text));
  const url = new URL(text);
  const name = maskPassword(text);
  if (!isRedisUrl(text) || url.hostname === '') return refuse(name);
  if (!/^\/?\d*$/.test(url.pathname)) return refuse(`${name}, whose database is no number`);
  const password = url.password === '' ? process.env[PASSWORD_VARIABLE] : decode(url.password);
  for (const key of url.searchParams.keys()) if (key !== 'prefix') return refuse(`${name}, with the option ${key}`);
  return {
    name,
    prefix: url.searchParams.get('prefix') ?? '',
    connection: {
      host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: url.port === '' ? 6379 : Number(url.port),
      db: Number(url.pathname.slice(1)),
      ...(url.username !== '' && { username: decode(url.username) }),
      ...(password && { password }),
      ...(url.protocol === 'rediss:' && { tls: {} }),
    },
  };
}

function maskPassword(text: string): string {
  return text.replace(/^([a-z]+:\/*[^:@/]*):.*@/i, '$1:***@');
}

/** A percent sign that encodes nothing stands for itself. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
