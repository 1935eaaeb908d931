import { type FileTarget, toStoredFile } from './stored-file.js';

/**
 * Does work that writes a checkpoint while no other run uses the same file.
 *
 * @throws {RecsysError} `locked` if another run uses it
 */
export async function lockCheckpoint<T>(
  { checkpoint }: { readonly checkpoint?: FileTarget | undefined },
  work: () => Promise<T>,
): Promise<T> {
  return checkpoint === undefined ? work() : toStoredFile(checkpoint).lock(work);
}
