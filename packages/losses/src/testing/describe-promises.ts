import { describe, it } from 'vitest';

/** A sentence and the check of it. */
export type Promised = readonly [sentence: string, check: () => void];

/** One test per promise. */
export function describePromises(name: string, promises: readonly Promised[]): void {
  describe(name, () => {
    for (const [sentence, check] of promises) it(sentence, check);
  });
}
