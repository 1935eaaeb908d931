import { RecsysError } from '@footlight/core';

/**
 * Throws the error of a file that a browser could not write.
 *
 * @throws {RecsysError} `write-failed`, always
 */
export function failToStore(location: string, cause: unknown): never {
  if (cause instanceof RecsysError) throw cause;
  const earlier = 'An earlier file of this name is unchanged.';
  const isFull = (cause as Error | undefined)?.name === 'QuotaExceededError';
  const reason = isFull
    ? 'the browser gives this site no more storage. Delete files of the site, or free space on the disk'
    : toReason(cause);
  throw new RecsysError('write-failed', `footlight: could not write ${location}: ${reason}. ${earlier}`, { cause });
}

/**
 * Throws the error of a file that a browser could not read.
 *
 * @throws {RecsysError} `read-failed`, always
 */
export function failToRead(name: string, location: string, cause: unknown): never {
  if (cause instanceof RecsysError) throw cause;
  throw new RecsysError(
    'read-failed',
    `${name}: expected a file at ${location}, received the error "${toReason(cause)}".`,
    { cause },
  );
}

const toReason = (cause: unknown): string =>
  (cause instanceof Error ? cause.message || cause.name : String(cause)).replace(/\.$/, '');
