import type { Reads } from '@footlight/models';

/**
 * Chooses the number of users per batch: at most 1024, as many as keep the scores of a batch under 16 MB and its
 * histories under 32,768 steps.
 */
export function chooseBatchSize(reads: Reads, scoresPerUser: number): number {
  const steps = typeof reads === 'object' ? reads.history : 1;
  return Math.max(1, Math.min(1024, Math.floor(2 ** 22 / scoresPerUser), Math.floor(2 ** 15 / steps)));
}
