import { assertInteger } from '@footlight/core';

/** Checks the seed of a numpy generator. */
export function assertSeed(where: string, seed: number): void {
  assertInteger(`${where}(seed)`, seed, { minimum: 0, maximum: 2 ** 32 - 1 });
}

/** Checks the number of batches to skip. */
export function assertStart(where: string, start: number): void {
  assertInteger(`${where}(start)`, start, { minimum: 0 });
}
