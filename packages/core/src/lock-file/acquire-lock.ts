// structure: the steps of one protocol between processes, which are only right together
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { link, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { RecsysError } from '../error.js';
import { createFolder } from '../files/create-folder.js';
import { describeOwner, isRunning, type LockOwner } from './lock-owner.js';

export interface LockOptions {
  /** What the lock protects, as the message names it, e.g. `footlight run talk/bpr`. */
  readonly what: string;
  /** What to do about a lock that another process holds. Default: to wait until that process ends. */
  readonly hint?: string | undefined;
  /** Wait for the lock instead of throwing an error. Default false. */
  readonly waits?: boolean | undefined;
  /** Called once, with the sentence of the error, when waiting begins. */
  readonly onWait?: ((message: string) => void) | undefined;
  /** Ends waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** A lock that this process holds. */
export interface FileLock {
  readonly path: string;
  /**
   * Deletes the lock file, unless a person has deleted it and another process has a lock there. The end of the process
   * does so too, unless it is killed.
   */
  release(): Promise<void>;
}

/**
 * Lock file: a file that exists while a process works on something, so that a second process does not change it too.
 *
 * The file names its owner. The lock of a process of this machine that has ended, e.g. was killed, is taken over: it is
 * recognized by its number and start time, also after a restart of the machine. Whether a process of another machine
 * still runs cannot be seen from here, so its lock stays until it or a person deletes the file. The file is created
 * by a hard link, or by exclusive creation where there are none; both are atomic on network folders (NFS, SMB).
 *
 * Differs from `proper-lockfile`: the owner does not have to touch the file every few seconds, which a training step
 * that computes for longer could not do.
 *
 * @throws {RecsysError} `locked` if a running process holds the lock; `write-failed` if the file cannot be written
 * @example
 * const lock = await acquireLock('results/run.lock', { what: 'footlight run talk/bpr' });
 * try {
 *   // write the files
 * } finally {
 *   await lock.release();
 * }
 */
export async function acquireLock(path: string, options: LockOptions): Promise<FileLock> {
  const owner = { ...describeOwner(), token: randomUUID() };
  const create = () => createLockFile(path, owner).catch((cause) => failToWrite(path, options.what, cause));
  for (let waited = false; !(await create()); ) {
    const holder = await readOwner(path);
    if (holder === 'none' || (await removeEndedOwner(path, holder, owner))) continue;
    const message = describeHolder(path, holder, options);
    if (!options.waits) throw new RecsysError('locked', message);
    if (!waited) options.onWait?.(message);
    waited = true;
    await wait(100, undefined, options.signal && { signal: options.signal });
  }
  hold(path, owner);
  await removeAbandoned(path);
  return {
    path,
    async release() {
      if (!held.delete(owner.token)) return;
      if (held.size === 0) process.off('exit', removeHeld);
      removeOwn(path, owner.token);
    },
  };
}

/** Locks of this process by token. */
const held = new Map<string, string>();

function hold(path: string, { token }: Owner): void {
  if (held.size === 0) process.on('exit', removeHeld);
  held.set(token, path);
}

function removeHeld(): void {
  for (const [token, path] of held) removeOwn(path, token);
}

function removeOwn(path: string, token: string): void {
  try {
    if (readFileSync(path, 'utf8').includes(token)) rmSync(path, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

type Owner = LockOwner & { readonly token: string };
/** An owner whose file is not readable: a file of another program, or one that is being written. */
type Holder = Owner | 'unreadable';

/** @returns whether the file was created; it appears with its whole content */
async function createLockFile(path: string, owner: Owner): Promise<boolean> {
  const content = `${JSON.stringify(owner, null, 2)}\n`;
  const temporary = `${path}.${owner.token}`;
  createFolder(dirname(path));
  try {
    await writeFile(temporary, content, { flag: 'wx' });
    await link(temporary, path);
    return true;
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== 'link') throw error; // e.g. the disk is full
    if (code === 'EEXIST') return false;
    // A folder without hard links, e.g. on a USB stick.
    return await writeFile(path, content, { flag: 'wx' }).then(
      () => true,
      (cause: NodeJS.ErrnoException) => (cause.code === 'EEXIST' ? false : Promise.reject(cause)),
    );
  } finally {
    await rm(temporary, { force: true }).catch(() => {}); // the holder of a later lock deletes it
  }
}

/** What follows the name of a lock in those of its guards and of temporary files: tokens of owners. */
const temporaryEnd = /^([0-9a-f-]{36}|unreadable)(\.takeover(\.\d+)?(\.[0-9a-f-]{36})?)?$/;

/** Deletes temporary files of processes that were killed while they created a lock or took one over. */
async function removeAbandoned(path: string): Promise<void> {
  const start = `${basename(path)}.`;
  for (const name of await readdir(dirname(path)).catch(() => [])) {
    if (!name.startsWith(start) || !temporaryEnd.test(name.slice(start.length))) continue;
    const file = join(dirname(path), name);
    const owner = await readOwner(file);
    if (owner !== 'none' && (await hasEnded(file, owner))) await rm(file, { force: true }).catch(() => {});
  }
}

function failToWrite(path: string, what: string, cause: Error): never {
  throw new RecsysError('write-failed', `${what}: could not write the lock ${path}: ${cause.message}.`, { cause });
}

async function readOwner(path: string): Promise<Holder | 'none'> {
  try {
    const owner = JSON.parse(await readFile(path, 'utf8')) as Owner;
    return typeof owner?.process === 'number' && typeof owner.since === 'string' ? owner : 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'none' : 'unreadable';
  }
}

/** A lock whose file is being written is older than this only after a kill. */
const abandonedMilliseconds = 10_000;

/**
 * Removes the lock of a process that has ended. One process at a time looks again and removes, so that none removes the
 * new lock of another: it holds a guard, a lock file of its own. The guard of a process that was killed meanwhile stays
 * beside those of its successors until the lock is removed, so that no process removes the guard of another.
 *
 * @returns whether it is worth trying again
 */
async function removeEndedOwner(path: string, seen: Holder, owner: Owner): Promise<boolean> {
  if (!(await hasEnded(path, seen))) return false;
  const base = `${path}.${getToken(seen)}.takeover`;
  const guards = [base];
  while (!(await createLockFile(guards.at(-1)!, owner))) {
    const holder = await readOwner(guards.at(-1)!);
    if (holder === 'none' || !(await hasEnded(guards.at(-1)!, holder))) {
      await wait(10);
      return true;
    }
    guards.push(`${base}.${guards.length}`);
  }
  try {
    const holder = await readOwner(path);
    if (holder !== 'none' && getToken(holder) === getToken(seen) && (await hasEnded(path, holder)))
      await rm(path, { force: true });
  } finally {
    for (const guard of guards) await rm(guard, { force: true });
  }
  return true;
}

function getToken(holder: Holder): string {
  return holder === 'unreadable' ? 'unreadable' : holder.token;
}

function hasEnded(path: string, holder: Holder): Promise<boolean> | boolean {
  return holder === 'unreadable' ? isAbandoned(path) : !isRunning(holder);
}

async function isAbandoned(path: string): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  return Date.now() - mtimeMs > abandonedMilliseconds;
}

function describeHolder(path: string, holder: Holder, { what, hint }: LockOptions): string {
  const instruction = hint ?? 'Wait until it ends.';
  if (holder === 'unreadable') return `${what}: expected no other run of it, received the lock ${path}. ${instruction}`;
  const { machine, namespace } = describeOwner();
  const here = holder.machine === machine && holder.namespace === namespace;
  const where = here ? '' : ` of ${holder.machine === machine ? 'another container on ' : ''}${holder.machine}`;
  const since = holder.since.slice(0, 16).replace('T', ' ');
  const remedy = here ? '' : ` If it no longer runs there, delete ${path}.`;
  const received = `process ${holder.process}${where}, at work since ${since} UTC`;
  return `${what}: expected no other run of it, received ${received}. ${instruction}${remedy}`;
}
