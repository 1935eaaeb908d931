import { isPage } from '@footlight/core';
import type { Reads } from '@footlight/models';

/** Scores of a batch: 16 MB; on a web page, which should answer between two batches, 1 MB. */
const SCORES = isPage ? 2 ** 18 : 2 ** 22;
/** Steps in the histories of a batch. */
const STEPS = isPage ? 2 ** 11 : 2 ** 15;

/**
 * Chooses the number of users per batch: at most 1024, as many as keep the scores of a batch under 16 MB and its
 * histories under 32,768 steps; on a web page under 1 MB and 2048 steps.
 */
export function chooseBatchSize(reads: Reads, scoresPerUser: number): number {
  const steps = typeof reads === 'object' ? reads.history : 1;
  return Math.max(1, Math.min(1024, Math.floor(SCORES / scoresPerUser), Math.floor(STEPS / steps)));
}
