import type { Described } from '@footlight/core';
import { canonicalJson } from '@footlight/core';
import { describe, expect, it } from 'vitest';

/** A promise: its sentence, and a check that throws if it is broken. */
export type Promised = readonly [sentence: string, check: () => void];

/** Declares one test per promise. */
export function describePromises(name: string, promises: readonly Promised[]): void {
  describe(name, () => {
    for (const [sentence, check] of promises) it(sentence, check);
  });
}

/** The promise of every component with a protocol. */
export function protocolPromise({ name, protocol }: Described): Promised {
  return [
    'has a name, and a protocol that survives JSON',
    () => {
      expect(name).not.toBe('');
      expect(JSON.parse(canonicalJson(protocol))).toEqual(protocol);
    },
  ];
}
