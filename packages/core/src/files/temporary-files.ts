import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { shortHash } from '../short-hash.js';
import { resolveTarget } from './resolve-target.js';

/** Bytes of a name from which the temporary name, which is longer, would exceed the 255 that file systems allow. */
const maximumBytes = 220;

/** A name beside a file that no other process, thread or writer uses. */
export function createTemporaryPath(path: string): string {
  return join(dirname(path), `${createStem(path)}.${process.pid}-${randomBytes(6).toString('hex')}.part`);
}

function createStem(path: string): string {
  const name = basename(path);
  return Buffer.byteLength(name) > maximumBytes ? shortHash(name) : name;
}

/**
 * Deletes what writers of a file have left that were killed. Only for the holder of a lock that all writers of the file
 * take, since the temporary file of a writer at work would be deleted too.
 */
export async function removeTemporaryFiles(path: string): Promise<void> {
  const target = await resolveTarget(path).catch(() => undefined);
  if (target?.kind !== 'file') return;
  const [folder, stem] = [dirname(target.path), createStem(target.path)];
  const names = await readdir(folder).catch(() => []);
  for (const name of names)
    if (name.startsWith(`${stem}.`) && /^\d+-[0-9a-f]{12}\.part$/.test(name.slice(stem.length + 1)))
      await rm(join(folder, name), { force: true });
}

/** Temporary files of this process; its end deletes them, unless it is killed. */
const unfinished = new Set<string>();

/** Has the end of the process delete a file. */
export function holdTemporaryFile(path: string): void {
  if (unfinished.size === 0) process.on('exit', removeUnfinished);
  unfinished.add(path);
}

/** Ends `holdTemporaryFile`. */
export function releaseTemporaryFile(path: string): void {
  if (unfinished.delete(path) && unfinished.size === 0) process.off('exit', removeUnfinished);
}

function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}
