import type { Described } from '@footlight/core';
import { canonicalJson } from '@footlight/core';
import { describe, expect, it } from 'vitest';

/** A sentence and the check of it. */
export type Promised = readonly [sentence: string, check: () => void];

/** One test per promise. */
export function describePromises(name: string, promises: readonly Promised[]): void {
  describe(name, () => {
    for (const [sentence, check] of promises) it(sentence, check);
  });
}

/** What every component with a protocol promises. */
export function protocolPromise({ name, protocol }: Described): Promised {
  return [
    'has a name, and a protocol that survives JSON',
    () => {
      expect(name).not.toBe('');
      expect(JSON.parse(canonicalJson(protocol))).toEqual(protocol);
    },
  ];
}
