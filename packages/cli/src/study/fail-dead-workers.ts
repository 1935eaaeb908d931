import { hostname } from 'node:os';
import type { Study } from '@footlight/studies';

/** How often parameters run again whose worker was killed: they may be what kills it. */
const retries = 2;

/** A text that no other process has, which tells where a trial runs. */
export function createWorkerName(): string {
  return `${hostname()}:${process.pid}:${globalThis.crypto.randomUUID().slice(0, 8)}`;
}

/**
 * Marks trials as failed whose process on this machine has ended, and lets their parameters run again.
 *
 * @returns how many they were
 */
export async function failDeadWorkers(study: Study): Promise<number> {
  await study.refresh();
  const running = study.trials.filter(({ state }) => state === 'running');
  let count = 0;
  for (const worker of new Set(running.map(({ attributes }) => attributes.worker))) {
    if (typeof worker !== 'string' || !isDead(worker)) continue;
    count += await study.failRunning({ where: { worker }, retries, reason: 'its process was killed' });
  }
  return count;
}

/** Whether a worker is a process of this machine that is no more. */
function isDead(worker: string): boolean {
  const [, host, pid] = /^(.+):(\d+):[0-9a-f]{8}$/.exec(worker) ?? [];
  if (host !== hostname()) return false;
  try {
    process.kill(Number(pid), 0);
    return Number(pid) === process.pid; // an earlier process had the number of this one, whose worker is new
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}
