import { statSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { RecsysError } from '@footlight/core';
import { removeTemporaryFiles, writeFileAtomically } from '@footlight/core/files';
import { acquireLock } from '@footlight/core/lock-file';
import { LOCK_HINT } from './fail-to-lock.js';
import type { StoredFile } from './types.js';

/** File on disk, at a path. */
export function diskFile(path: string): StoredFile {
  const location = resolve(path);
  return {
    name: basename(location),
    location,
    async read() {
      assertRegularFile(location);
      return readFile(location).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return undefined;
        throw describeReadFailure(location, cause);
      });
    },
    write: (pieces) => writeFileAtomically(location, pieces),
    remove: () => rm(location, { force: true }),
    async lock(work) {
      const what = `runExperiment(checkpoint ${location})`;
      const lock = await acquireLock(`${location}.lock`, { what, hint: LOCK_HINT });
      try {
        await removeTemporaryFiles(location);
        return await work();
      } finally {
        await lock.release();
      }
    },
    withEnding: (ending) => diskFile(location + ending),
  };
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
const readFailures: Readonly<Record<string, string>> = {
  EISDIR: 'a folder. Name a file in it',
  EACCES: 'one that may not be read. Check its permissions',
};

/** The error of a file that cannot be read. */
function describeReadFailure(path: string, cause: NodeJS.ErrnoException): RecsysError {
  const received = readFailures[cause.code ?? ''] ?? `the error "${cause.message}"`;
  return new RecsysError('read-failed', `${basename(path)}: expected a file at ${path}, received ${received}.`, {
    cause,
  });
}
