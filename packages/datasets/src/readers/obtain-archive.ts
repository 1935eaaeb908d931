import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RecsysError } from '@footlight/core';
import { createFolder, publishPart, removeTemporaryFiles } from '@footlight/core/files';
import { acquireLock } from '@footlight/core/lock-file';
import type { Archive, LoadOptions } from '../types.js';
import { resolveArchiveDirectory } from './archive-directory.js';
import { checkArchive, computeChecksum, readRecord, toRecordPath, writeRecord } from './check-archive.js';
import { findDownloadProblem } from './check-download.js';
import { downloadFile, isDiskFull, type RetryOptions, removePartial, removeUnwrittenVersion } from './download-file.js';
import { createProgressReporter } from './progress-reporter.js';

/**
 * The path of an archive. A file that is already in the folder is used as it is, and `onArchive` is told whether its
 * checksum is that of the publisher; otherwise the archive is downloaded once.
 *
 * A download goes to `<name>.part`, which a later call continues if the file on the server has not changed. It gets its
 * official name only when it is complete and its checksum is correct, so that a file with that name is always complete.
 * Where no checksum is published, archives are read to the end first, and the checksum of the first download is kept in
 * `<name>.sha256`: a later download has to have it too.
 *
 * @throws {RecsysError} `download-failed` (the message says which file to put where), `wrong-checksum` or `disk-full`;
 *   the folder is left as it was, except for a part that can be continued
 */
export async function obtainArchive(
  archive: Archive,
  options: Pick<LoadOptions, 'directory' | 'onArchive' | 'onProgress' | 'signal'>,
  retry: RetryOptions = { attempts: 4, milliseconds: 500 },
): Promise<string> {
  const path = await findOrDownload(archive, options, retry);
  options.onArchive?.(await checkArchive(path, archive));
  return path;
}

async function findOrDownload(
  archive: Archive,
  options: Pick<LoadOptions, 'directory' | 'onProgress' | 'signal'>,
  retry: RetryOptions,
): Promise<string> {
  const { directory, onProgress, signal } = options;
  const path = join(resolveArchiveDirectory(directory), archive.fileName);
  if (existsSync(path)) return path;
  if (archive.url === undefined) return failDownload(archive, path);
  signal?.throwIfAborted();
  try {
    createFolder(dirname(path));
  } catch (cause) {
    failFolder(archive, path, cause as Error);
  }
  // Another process may be downloading the same file: its part must not be written twice.
  const label = `wait for another download of ${archive.fileName}`;
  const onWait = (): void => onProgress?.({ label, done: 0, unit: 'bytes' });
  const lock = await acquireLock(`${path}.lock`, { what: `download ${archive.fileName}`, waits: true, onWait, signal });
  try {
    await removeUnwrittenVersion(`${path}.part`);
    await removeTemporaryFiles(toRecordPath(path));
    return existsSync(path) ? path : await downloadArchive(archive, path, options, retry);
  } finally {
    await lock.release();
  }
}

async function downloadArchive(
  archive: Archive,
  path: string,
  { onProgress, signal }: Pick<LoadOptions, 'onProgress' | 'signal'>,
  retry: RetryOptions,
): Promise<string> {
  const url = archive.url!;
  const partial = `${path}.part`;
  const report = createProgressReporter(onProgress, { label: `download ${archive.fileName}`, unit: 'bytes' });
  const hasEnd = await downloadFile(url, partial, retry, report, signal).catch((cause) => {
    signal?.throwIfAborted();
    return isDiskFull(cause) ? failDiskFull(path, cause) : failDownload(archive, path, cause);
  });
  if (archive.checksum) await verifyChecksum(partial, archive.checksum, path, url);
  else await verifyUnpublished(partial, path, url, hasEnd);
  await removePartial(partial, false); // before the end: a process that ends in between leaves no more than a part
  await publishPart(partial, path);
  return path;
}

async function verifyChecksum(partial: string, checksum: string, path: string, url: string): Promise<void> {
  const received = await computeChecksum(partial, checksum);
  if (received === checksum) return;
  await removePartial(partial, true);
  throw new RecsysError(
    'wrong-checksum',
    `${path}: expected a download with the checksum ${checksum}, received ${received} from ${url}. ` +
      'The download was deleted: load again, or put the original file there.',
  );
}

/** Verifies a download whose publisher states no checksum: by its structure, and by that of the first download. */
async function verifyUnpublished(partial: string, path: string, url: string, hasEnd: boolean): Promise<void> {
  const problem = await findDownloadProblem(partial, basename(path), hasEnd);
  if (problem !== undefined) {
    await removePartial(partial, true);
    throw new RecsysError(
      'download-failed',
      `${path}: expected ${basename(path)} from ${url}, received ${problem}. ` +
        'The download was deleted: load again, or put the original file there.',
    );
  }
  const recorded = await readRecord(path);
  const received = await computeChecksum(partial, 'sha256:');
  if (recorded === undefined) return writeRecord(path, received, url);
  if (recorded === received) return;
  await removePartial(partial, true);
  throw new RecsysError(
    'wrong-checksum',
    `${path}: expected the checksum ${recorded} of the first download, received ${received} from ${url}. ` +
      `The download was deleted. If its publisher has changed the file, delete ${toRecordPath(path)} and load again.`,
  );
}

function failDownload({ fileName, url, terms }: Archive, path: string, cause?: unknown): never {
  const expected = url ? `${path} or a download from ${url}` : path;
  const received = cause === undefined ? 'no such file' : getReason(cause);
  const instruction = url
    ? `Download ${url} on a machine with a network`
    : 'It cannot be downloaded: get it from its owners';
  throw new RecsysError(
    'download-failed',
    `${fileName}: expected ${expected}, received ${received}. ${instruction} and put it there, ` +
      `or set FOOTLIGHT_DATA to the folder that holds it.${terms ? ` ${terms}` : ''}`,
    { cause },
  );
}

function failFolder({ fileName }: Archive, path: string, cause: Error): never {
  throw new RecsysError(
    'download-failed',
    `${fileName}: expected to create the folder ${dirname(path)}, received the error "${cause.message}". ` +
      'Set FOOTLIGHT_DATA to a folder that can be written to.',
    { cause },
  );
}

async function failDiskFull(path: string, cause: unknown): Promise<never> {
  await removePartial(`${path}.part`, true);
  throw new RecsysError(
    'disk-full',
    `${path}: expected free disk space for the download, received ${getReason(cause)}. ` +
      'The partial download was deleted; free some space, or set FOOTLIGHT_DATA to a folder on another disk.',
    { cause },
  );
}

/** The message of an error. For `fetch failed`, that of its cause. */
function getReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.message || (cause as NodeJS.ErrnoException).code || cause.name;
}
