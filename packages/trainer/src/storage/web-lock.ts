import { invalid } from '@footlight/core';
import { failToLock } from './fail-to-lock.js';

/**
 * Does work while no other page, tab or worker of the site uses a file. The lock of a tab that is closed ends with it.
 *
 * @throws {RecsysError} `locked`; `invalid-argument` where there are no locks
 */
export async function holdWebLock<T>(location: string, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (!locks)
    invalid(
      `runExperiment(checkpoint ${location})`,
      'a page that can lock it (navigator.locks)',
      'one that cannot',
      'Serve the page by https or from localhost.',
    );
  return locks.request(`footlight ${location}`, { ifAvailable: true }, (lock) =>
    lock ? work() : failToLock(location, 'another one, in this page, another tab or a worker'),
  ) as Promise<T>;
}
