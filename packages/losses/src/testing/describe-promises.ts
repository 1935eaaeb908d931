import { describeOnBackends } from '@footlight/engine/testing';
import { it } from 'vitest';

/** A sentence and the check of it. */
export type Promised = readonly [sentence: string, check: () => void];

/** One test per promise and backend. */
export function describePromises(name: string, promises: readonly Promised[]): void {
  describeOnBackends(name, () => {
    for (const [sentence, check] of promises) it(sentence, check);
  });
}

/** The sentences that do not hold. */
export function findBroken(promises: readonly Promised[]): string[] {
  return promises.flatMap(([sentence, check]) => (hasThrown(check) ? [sentence] : []));
}

function hasThrown(check: () => void): boolean {
  try {
    check();
    return false;
  } catch {
    return true;
  }
}
