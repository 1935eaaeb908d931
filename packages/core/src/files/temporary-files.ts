import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { describePlace, isAlive } from '../lock-file/lock-owner.js';
import { shortHash } from '../short-hash.js';
import { resolveTarget } from './resolve-target.js';

/** Bytes of a name from which the temporary name, which is longer, would exceed the 255 that file systems allow. */
const maximumBytes = 220;

/** A name beside a file that no other process, thread or writer uses. */
export function createTemporaryPath(path: string): string {
  const end = `${process.pid}-${createPlaceMark()}${randomBytes(6).toString('hex')}.part`;
  return join(dirname(path), `${createStem(path)}.${end}`);
}

/** The end of a temporary name: the number of its process, the place where the number is valid, random digits. */
const temporaryEnd = /^(\d+)-([0-9a-f]{6})[0-9a-f]{12}\.part$/;

/** Tells machines and containers apart that share a folder. */
function createPlaceMark(): string {
  const { machine, namespace } = describePlace();
  return shortHash(`${machine}\n${namespace}`).slice(0, 6);
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
  for (const { file } of await listTemporaryFiles(target.path)) await rm(file, { force: true });
}

/** Deletes what writers of a file have left whose process has ended; those of other machines stay. */
export async function removeAbandonedFiles(path: string): Promise<void> {
  for (const { file, id, place } of await listTemporaryFiles(path))
    if (place === createPlaceMark() && !isAlive(id)) await rm(file, { force: true }).catch(() => {}); // it does no harm
}

interface TemporaryFile {
  readonly file: string;
  /** Number of the process. */
  readonly id: number;
  readonly place: string;
}

async function listTemporaryFiles(path: string): Promise<TemporaryFile[]> {
  const [folder, stem] = [dirname(path), createStem(path)];
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => {
    const end = name.startsWith(`${stem}.`) ? temporaryEnd.exec(name.slice(stem.length + 1)) : null;
    return end ? [{ file: join(folder, name), id: Number(end[1]), place: end[2]! }] : [];
  });
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
