import { randomUUID } from 'node:crypto';
import { closeSync, constants, existsSync, openSync } from 'node:fs';
import { open, rename, stat, symlink, unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { RecsysError } from '@footlight/core';

/** Creates an empty file, unless there is one, which may be one that can only be read. */
export function createIfMissing(path: string): void {
  if (existsSync(path)) return;
  try {
    closeSync(openSync(path, 'a'));
  } catch (cause) {
    throw failToWrite(path, cause);
  }
}

/** Reads the whole lines that begin at this byte. A last line without its newline is being written, or torn. */
export async function readLines(path: string, offset: number): Promise<{ lines: string[]; end: number }> {
  const handle = await open(path, 'r').catch((cause) => {
    throw new RecsysError('read-failed', `${path}: could not read the study log (${cause.code}).`, { cause });
  });
  try {
    const { size } = await handle.stat();
    if (size < offset)
      throw new RecsysError(
        'invalid-data',
        `${path}: expected a log that only grows, received ${size} bytes after ${offset}. ` +
          'Was the file replaced? Open the study again.',
      );
    const bytes = Buffer.alloc(size - offset);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    const length = bytes.lastIndexOf(10, filled - 1) + 1;
    const lines = bytes.toString('utf8', 0, length).split(/\r?\n/);
    lines.pop();
    return { lines, end: offset + length };
  } finally {
    await handle.close();
  }
}

/**
 * Appends lines while no other process does, and returns after they are on the disk.
 *
 * A torn line at the end is cut off: the process that wrote it has ended, since it held the lock. If the disk is full,
 * the file is as before.
 *
 * @throws {RecsysError} `write-failed`
 */
export async function appendUnderLock(
  path: string,
  entries: readonly string[],
  graceSeconds: number,
  mayAppend: () => Promise<boolean>,
): Promise<boolean> {
  const lock = `${path}.lock`;
  await acquire(path, lock, graceSeconds);
  try {
    if (!(await mayAppend())) return false;
    await append(path, entries);
    return true;
  } finally {
    await release(lock);
  }
}

async function append(path: string, entries: readonly string[]): Promise<void> {
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT).catch((cause) => {
    throw failToWrite(path, cause);
  });
  try {
    const end = await findEnd(handle, (await handle.stat()).size);
    try {
      await handle.truncate(end);
      const bytes = Buffer.from(entries.map((entry) => `${entry}\n`).join(''));
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, end + at);
        at += bytesWritten;
      }
      await handle.sync();
    } catch (cause) {
      await handle.truncate(end).catch(() => undefined); // else the next writer cuts off the torn line
      throw failToWrite(path, cause);
    }
  } finally {
    await handle.close();
  }
}

/** The byte after the last newline. */
async function findEnd(handle: Awaited<ReturnType<typeof open>>, size: number): Promise<number> {
  const piece = Buffer.alloc(4096);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - piece.length);
    const { bytesRead } = await handle.read(piece, 0, end - start, start);
    const at = piece.lastIndexOf(10, bytesRead - 1);
    if (bytesRead > 0 && at >= 0) return start + at + 1;
    end = start;
  }
  return 0;
}

/**
 * Creates the lock as Optuna's `JournalFileSymlinkLock` does, so that both exclude each other: a symbolic link to the
 * log, whose creation is atomic on network folders too; where links are forbidden, a file. A lock is removed if the log
 * behind it has not changed for the time of grace.
 */
async function acquire(path: string, lock: string, graceSeconds: number): Promise<void> {
  let [milliseconds, unchanged, seen] = [1, Date.now(), Number.NaN];
  while (!(await createLock(resolve(path), lock))) {
    const time = await stat(lock).then(
      ({ mtimeMs }) => mtimeMs,
      () => Number.NaN,
    );
    if (!Object.is(time, seen)) [seen, unchanged] = [time, Date.now()];
    if (Date.now() - unchanged > graceSeconds * 1000) {
      await release(lock);
      [milliseconds, unchanged] = [1, Date.now()];
      continue;
    }
    await wait(milliseconds * (0.5 + Math.random() / 2)); // not in step with other processes
    milliseconds = Math.min(2 * milliseconds, 50);
  }
}

async function createLock(path: string, lock: string): Promise<boolean> {
  try {
    await symlink(path, lock);
    return true;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOSYS' && code !== 'ENOTSUP') throw failToWrite(path, cause);
  }
  try {
    await (await open(lock, 'wx')).close();
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw failToWrite(path, cause);
  }
}

/** Renaming first: of two processes that remove one lock, one succeeds, and neither removes the next one. */
async function release(lock: string): Promise<void> {
  const renamed = `${lock}${randomUUID()}.rename`;
  try {
    await rename(lock, renamed);
    await unlink(renamed);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw failToWrite(lock, cause);
  }
}

function failToWrite(path: string, cause: unknown): RecsysError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const reason = code === 'ENOSPC' ? 'the disk is full' : (code ?? message);
  return new RecsysError(
    'write-failed',
    `${path}: could not write the study log (${reason}). Trials that had been told before are in the log.`,
    { cause },
  );
}
