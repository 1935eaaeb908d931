import { invalid } from '@footlight/core';

/** Refuses a checkpoint at a path; without one, the work is done. */
export async function lockCheckpoint<T>(
  { checkpoint }: { readonly checkpoint?: string | undefined },
  work: () => Promise<T>,
): Promise<T> {
  if (checkpoint === undefined) return work();
  return invalid(
    'runExperiment(checkpoint)',
    'none in a browser',
    checkpoint,
    'Browsers write no paths: leave it out.',
  );
}
