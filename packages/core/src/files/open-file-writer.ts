import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { RecsysError } from '../error.js';
import { createFolder } from './create-folder.js';
import { resolveTarget, type WriteTarget } from './resolve-target.js';
import { syncFolder } from './sync-folder.js';
import {
  createTemporaryPath,
  holdTemporaryFile,
  releaseTemporaryFile,
  removeAbandonedFiles,
} from './temporary-files.js';
import { writeBytes } from './write-bytes.js';

/** A file that is written piece by piece, and that appears when it is complete. */
export interface FileWriter {
  /** Adds text, as UTF-8, or bytes. */
  write(chunk: string | Uint8Array): Promise<void>;
  /**
   * Writes everything to the disk, so that `commit` only renames: of several files that belong together, all are
   * prepared before the first takes its name.
   */
  prepare(): Promise<void>;
  /** Completes the file: it takes its name, in place of an earlier one. */
  commit(): Promise<void>;
  /** Leaves the earlier file as it is; does nothing after `commit`. */
  discard(): Promise<void>;
}

/** Bytes that are collected before they are written. */
const bufferBytes = 2 ** 16;

/**
 * Opens the atomic writer: a file goes to a temporary name in the same folder, then to the disk, then takes its name. A
 * reader sees the old file or the new one, never a part, also after a power failure. Missing folders are created, and
 * temporary files deleted that killed processes have left.
 *
 * A symbolic link stays one: the file that it names is replaced. Devices, pipes and terminals (`/dev/stdout`,
 * `/dev/null`) are written to as they are.
 *
 * @throws {RecsysError} `write-failed`, also from its functions, e.g. if the disk is full; an earlier file is then
 *   unchanged
 * @example
 * const writer = await openFileWriter('lists.csv');
 * try {
 *   for (const line of ['user,item', '42,1210']) await writer.write(`${line}\n`);
 *   await writer.commit();
 * } finally {
 *   await writer.discard();
 * }
 */
export async function openFileWriter(path: string): Promise<FileWriter> {
  let isUnchanged = false;
  const check = <T>(work: Promise<T>): Promise<T> => work.catch((cause) => failToWrite(path, cause, isUnchanged));
  const target = await check(resolveTarget(path));
  isUnchanged = target.kind === 'file';
  const temporary = target.kind === 'file' ? createTemporaryPath(target.path) : undefined;
  if (temporary !== undefined) holdTemporaryFile(temporary);
  const file = await check(openTarget(target, temporary)).catch(async (error) => {
    await removeTemporaryFile(temporary);
    throw error;
  });
  let isOpen = true;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(pending);
    [pending, pendingBytes] = [[], 0];
    await writeBytes(file, bytes);
  };
  const end = async (): Promise<void> => {
    if (!isOpen) return;
    isOpen = false;
    if (typeof file !== 'number') await file.close();
  };
  const prepare = async (): Promise<void> => {
    if (!isOpen) return;
    await flush();
    if (target.kind === 'file') await (file as FileHandle).sync();
    await end(); // some network folders report only here that the disk is full
  };
  const complete = async (): Promise<void> => {
    await prepare();
    if (target.kind !== 'file') return;
    await rename(temporary!, target.path);
    isUnchanged = false;
    releaseTemporaryFile(temporary!);
    await syncFolder(dirname(target.path));
  };
  return {
    async write(chunk) {
      // The caller may change its bytes after a call that does not write them.
      const isSmall = chunk.length < bufferBytes;
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : isSmall ? Buffer.from(chunk) : chunk;
      if (isSmall) {
        pending.push(bytes);
        pendingBytes += bytes.length;
      }
      if (isSmall && pendingBytes < bufferBytes) return;
      await check(flush());
      if (!isSmall) await check(writeBytes(file, bytes));
    },
    prepare: () => check(prepare()),
    commit: () => check(complete()),
    async discard() {
      await end().catch(() => {}); // the first error is the one to report
      if (isUnchanged) await removeTemporaryFile(temporary);
    },
  };
}

async function openTarget(target: WriteTarget, temporary: string | undefined): Promise<FileHandle | number> {
  if (target.kind === 'descriptor') return target.descriptor;
  if (target.kind === 'device') return open(target.path, constants.O_WRONLY);
  const created = createFolder(dirname(target.path));
  if (created !== undefined) await syncFolder(dirname(created));
  await removeAbandonedFiles(target.path); // of writers that were killed
  const file = await open(temporary!, 'wx', target.mode ?? 0o666);
  if (target.mode !== undefined) await file.chmod(target.mode).catch(() => {}); // the umask may take permissions away
  return file;
}

async function removeTemporaryFile(path: string | undefined): Promise<void> {
  if (path === undefined) return;
  await rm(path, { force: true }).catch(() => {}); // the error that led here is the one to report
  releaseTemporaryFile(path);
}

/** @throws {RecsysError} `write-failed` */
export function failToWrite(path: string, cause: unknown, isUnchanged: boolean): never {
  const earlier = isUnchanged ? ' An earlier file of this name is unchanged.' : '';
  throw new RecsysError('write-failed', `footlight: could not write ${path}: ${(cause as Error).message}.${earlier}`, {
    cause,
  });
}
