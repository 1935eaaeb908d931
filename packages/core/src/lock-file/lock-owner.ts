import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** The process that holds a lock, as its file describes it. */
export interface LockOwner {
  /** Number of the process. */
  readonly process: number;
  /** When the process began, in a form that depends on the platform; '' where that is unknown. */
  readonly started: string;
  /** Name of the machine. */
  readonly machine: string;
  /** Identifies the set of processes that the number belongs to: that of the machine, or of a container on it. */
  readonly namespace: string;
  /** Identifies the time since the machine was started; '' where that is unknown. */
  readonly boot: string;
  /** When the lock was acquired, ISO 8601. */
  readonly since: string;
}

/** Describes where the numbers of processes are valid. */
export function describePlace(): Pick<LockOwner, 'machine' | 'namespace'> {
  return { machine: hostname(), namespace: read(() => readlinkSync('/proc/self/ns/pid')) };
}

/** Describes this process. */
export function describeOwner(): LockOwner {
  return {
    process: process.pid,
    started: readStartTime(process.pid),
    ...describePlace(),
    boot: read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    since: new Date().toISOString(),
  };
}

/**
 * Whether the owner of a lock still runs, as far as can be seen from here: a process of another machine or container
 * counts as running.
 */
export function isRunning(owner: LockOwner): boolean {
  const here = describeOwner();
  if (owner.machine !== here.machine) return true;
  // The machine was started again, unless one of the two does not know it: Windows and its Linux have one name.
  if (owner.boot !== here.boot) return owner.boot === '' || here.boot === '';
  if (owner.namespace !== here.namespace) return true;
  if (!isAlive(owner.process)) return false;
  const started = readStartTime(owner.process);
  return started === '' || owner.started === '' || started === owner.started; // else the number was given out again
}

/** Whether a process of this machine and container runs. */
export function isAlive(id: number): boolean {
  return exists(id) && !isZombie(id);
}

function exists(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'; // a process of another user may not be asked
  }
}

/** A process that was killed, and whose parent has not noticed yet. */
function isZombie(id: number): boolean {
  return process.platform === 'linux' && readStatus(id)[0] === 'Z';
}

/** In ticks since the start of the machine on Linux, as a date elsewhere: in one language and time zone for all. */
function readStartTime(id: number): string {
  if (process.platform === 'win32') return '';
  if (process.platform !== 'linux')
    return read(() => {
      const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
      return execFileSync('ps', ['-o', 'lstart=', '-p', String(id)], { encoding: 'utf8', env }).trim();
    });
  return readStatus(id)[19] ?? '';
}

/** Fields of `/proc/<id>/stat` after the name of the program, which is in parentheses and may contain spaces. */
function readStatus(id: number): string[] {
  const fields = read(() => readFileSync(`/proc/${id}/stat`, 'utf8'));
  return fields === '' ? [] : fields.slice(fields.lastIndexOf(')') + 2).split(' ');
}

function read(value: () => string): string {
  try {
    return value();
  } catch {
    return '';
  }
}
