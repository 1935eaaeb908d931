import { assertInteger } from '@footlight/core';
import type { TieGroup } from './tie-rule.js';

/** The option that all metrics of the first k items share. */
export interface CutOff {
  /** Number of the best items that are evaluated: k. From 1. */
  readonly at: number;
}

/** Counts the relevant items among the first `at`. */
export function countHits(ranks: ArrayLike<number>, at: number): number {
  let count = 0;
  while (count < ranks.length && ranks[count]! < at) count++;
  return count;
}

/** The expected number of relevant items among the first `at`: each place of a group has the group's share of them. */
export function expectHits(groups: readonly TieGroup[], at: number): number {
  let hits = 0;
  for (const { start, end, relevant } of groups)
    if (start < at) hits += (relevant * (Math.min(end, at) - start)) / (end - start);
  return hits;
}

/** Checks that a cut-off is a positive integer and returns it. */
export function assertCutOff(where: string, at: number): number {
  return assertInteger(`${where}(at)`, at);
}
