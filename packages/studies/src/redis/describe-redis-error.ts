import { RecsysError } from '@footlight/core';
import type { RedisAddress } from './redis-address.js';

/** What each error of Redis or of the connection means, and what to do about it. */
const explanations: readonly (readonly [
  pattern: RegExp,
  code: string,
  text: string | ((connection: RedisAddress['connection']) => string),
])[] = [
  [
    /^NOAUTH|without any password|no password is set/,
    'read-failed',
    ({ password }) =>
      password === undefined
        ? 'Redis requires a password. Write redis://:PASSWORD@host, or set FOOTLIGHT_REDIS_PASSWORD'
        : 'Redis has no password. Leave it out of the address, and unset FOOTLIGHT_REDIS_PASSWORD',
  ],
  [/^WRONGPASS|invalid password|invalid username-password/, 'read-failed', 'the password or the user is wrong'],
  [/^NOPERM/, 'write-failed', 'the user may not use these keys or commands. Give the user `~* +@all`'],
  [/^OOM /, 'write-failed', 'Redis is full. Raise its maxmemory, or remove keys, and continue'],
  [/READONLY/, 'write-failed', 'it is a read-only replica. Give the address of the primary'],
  [/MISCONF/, 'write-failed', 'Redis cannot write to its disk. Make room there, and continue'],
  [/^NOREPLICAS/, 'write-failed', 'Redis has too few replicas to write'],
  [/DB index is out of range|invalid DB index/, 'invalid-argument', 'it has no database of this number'],
  [/^(MOVED|CROSSSLOT|CLUSTERDOWN)/, 'invalid-argument', 'it is a cluster. Use a single server'],
  [/^WRONGTYPE/, 'invalid-data', 'another program uses these keys. Choose a prefix: ?prefix=text'],
  [/unknown command/, 'invalid-argument', 'it does not know the commands of Redis 5'],
  [/ENOTFOUND|EAI_AGAIN/, 'read-failed', 'no machine has this name. Correct the address'],
  [/ECONNREFUSED/, 'read-failed', 'no server answers there. Start it with redis-server, or correct the port'],
  [
    /ETIMEDOUT|wrong.version.number/i,
    'read-failed',
    ({ tls }) => (tls ? 'it does not answer in TLS. Correct the address, or use redis://' : 'it does not answer'),
  ],
  [
    /CERT|self.signed|certificate/i,
    'read-failed',
    'its certificate is not trusted. NODE_EXTRA_CA_CERTS names a file of others',
  ],
];

/** The error of a call, as a sentence that says what to do. */
export function describeRedisError({ name, connection }: RedisAddress, cause: unknown): RecsysError {
  if (cause instanceof RecsysError) return cause;
  const { message = String(cause), code = '' } = cause as NodeJS.ErrnoException;
  const found = explanations.find(([pattern]) => pattern.test(message) || pattern.test(code));
  const [, kind, explanation] = found ?? [undefined, 'read-failed', undefined];
  const reason = typeof explanation === 'function' ? explanation(connection) : explanation;
  const received = reason === undefined || code !== '' ? message || code : message.split(' ')[0];
  return new RecsysError(
    kind,
    `${name}: could not use the study log (${received})${reason === undefined ? '' : `: ${reason}`}.`,
    { cause },
  );
}

/** Whether a call may work a little later: the connection was lost, or Redis reads its files after a start. */
export function isPassing(error: unknown): boolean {
  const { message = '', code = '', name = '' } = error as NodeJS.ErrnoException;
  return name === 'MaxRetriesPerRequestError' || passingMessages.test(message) || passingCodes.test(code);
}

const passingMessages =
  /^(LOADING|BUSY|TRYAGAIN|MASTERDOWN)|is closed|Command timed out|Stream isn't writeable|socket|aborted|timeout/i;
const passingCodes = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;
