import { assertInteger } from '@footlight/core';
import type { RankedQuery } from './types.js';

/** The option that all metrics of the first k items share. */
export interface CutOff {
  /** Number of the best items that are evaluated: k. From 1. */
  readonly at: number;
}

/** Counts the relevant items among the first `at`. */
export function countHits({ ranks }: RankedQuery, at: number): number {
  let count = 0;
  while (count < ranks.length && ranks[count]! < at) count++;
  return count;
}

/** Checks that a cut-off is a positive integer and returns it. */
export function assertCutOff(where: string, at: number): number {
  return assertInteger(`${where}(at)`, at);
}
