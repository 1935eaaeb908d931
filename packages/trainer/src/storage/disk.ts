import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { RecsysError } from '@footlight/core';
import { writeFileAtomically } from '@footlight/core/files';

/** The last part of a path. */
export function getBaseName(path: string): string {
  return basename(path);
}

export function hasFile(path: string): boolean {
  return existsSync(path);
}

export function isSameFile(one: string, other: string): boolean {
  return resolve(one) === resolve(other);
}

/** Writes pieces of a file, which replaces an earlier one when it is whole. */
export async function writeBytes(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  await writeFileAtomically(path, pieces);
}

/**
 * Reads a whole file.
 *
 * @throws {RecsysError} `file-not-found`, `read-failed`; `file-damaged` if it is a device
 */
export async function readBytes(path: string): Promise<Uint8Array> {
  assertRegularFile(path);
  return readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw describeReadFailure(path, cause);
  });
}

/** The SHA-256 of a file, in hexadecimal digits; errors as `readBytes`. */
export function hashFile(path: string): string {
  assertRegularFile(path);
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch (cause) {
    throw describeReadFailure(path, cause as NodeJS.ErrnoException);
  }
}

/**
 * Checks that what is read whole has an end: devices and pipes may have none. Folders are left to the reader.
 *
 * @throws {RecsysError} `file-damaged`
 */
function assertRegularFile(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats || stats.isFile() || stats.isDirectory()) return;
  throw new RecsysError(
    'file-damaged',
    `${basename(path)}: expected a file that Footlight wrote, received a device or a pipe. Copy its content to a file.`,
  );
}

/** What is wrong with a file that cannot be read, by the code of the system's error. */
const readFailures: Readonly<Record<string, readonly [code: 'file-not-found' | 'read-failed', received: string]>> = {
  ENOENT: ['file-not-found', 'none. Check the path'],
  ENOTDIR: ['file-not-found', 'none. Check the path'],
  EISDIR: ['read-failed', 'a folder. Name a file in it'],
  EACCES: ['read-failed', 'one that may not be read. Check its permissions'],
};

/** The error of a file that cannot be read. */
function describeReadFailure(path: string, cause: NodeJS.ErrnoException): RecsysError {
  const [code, received] = readFailures[cause.code ?? ''] ?? ['read-failed', `the error "${cause.message}"`];
  return new RecsysError(code, `${basename(path)}: expected a file at ${path}, received ${received}.`, { cause });
}
