import { assertInteger } from '@footlight/core';
import type { RankedQuery } from './types.js';

/** An option that many metrics share. */
export interface CutOff {
  /** How many of the best items are looked at. From 1. */
  readonly at: number;
}

/** How many relevant items are among the first `at`. */
export function countHits({ ranks }: RankedQuery, at: number): number {
  let count = 0;
  while (count < ranks.length && ranks[count]! < at) count++;
  return count;
}

export function assertCutOff(where: string, at: number): number {
  return assertInteger(`${where}(at)`, at);
}
