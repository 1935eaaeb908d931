import { describeOnBackends } from '@footlight/engine/testing';
import { it } from 'vitest';

/** A promise of a contract: a sentence, and a check that throws if the promise is broken. */
export type Promised = readonly [sentence: string, check: () => void];

/** Defines one test per promise and backend. */
export function describePromises(name: string, promises: readonly Promised[]): void {
  describeOnBackends(name, () => {
    for (const [sentence, check] of promises) it(sentence, check);
  });
}

/** Returns the sentences of the promises whose checks throw. */
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
