import { RecsysError } from '@footlight/core';
import type { SparseRows } from '../sparse-rows.js';
import type { TargetRanks } from './types.js';

/** Allocates the results of `rankTargets`, filled with the values of an empty ranking. */
export function allocateRanks({ offsets, ids }: SparseRows, top: number): TargetRanks {
  const queryCount = offsets.length - 1;
  return {
    ranks: new Int32Array(ids.length).fill(-1),
    bestRanks: new Int32Array(ids.length).fill(-1),
    worstRanks: new Int32Array(ids.length).fill(-1),
    found: new Int32Array(queryCount),
    candidateCounts: new Int32Array(queryCount),
    top: new Int32Array(queryCount * top).fill(-1),
    topScores: new Float32Array(queryCount * top),
  };
}

/** Throws the error of `rankTargets` for a score that is NaN. */
export function rejectNaN(item: number): never {
  throw new RecsysError(
    'not-finite',
    `rankTargets(scores): expected a number for every item, received NaN for item ${item}. Did the training diverge?`,
  );
}
