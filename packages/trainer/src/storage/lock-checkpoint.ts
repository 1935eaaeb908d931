import { removeTemporaryFiles } from '@footlight/core/files';
import { acquireLock } from '@footlight/core/lock-file';

/**
 * Does work that writes a checkpoint while no other run, of this process or another, uses the same file.
 *
 * @throws {RecsysError} `locked` if another run uses it
 */
export async function lockCheckpoint<T>(
  { checkpoint }: { readonly checkpoint?: string | undefined },
  work: () => Promise<T>,
): Promise<T> {
  if (checkpoint === undefined) return work();
  const hint = 'Wait until it ends, or choose another checkpoint.';
  const lock = await acquireLock(`${checkpoint}.lock`, { what: `runExperiment(checkpoint ${checkpoint})`, hint });
  try {
    await removeTemporaryFiles(checkpoint);
    return await work();
  } finally {
    await lock.release();
  }
}
