import { removeTemporaryFiles, resolveTarget } from '@footlight/core/files';
import { acquireLock, type FileLock } from '@footlight/core/lock-file';
import type { ResultsFolder } from '@footlight/report';

/**
 * Locks all experiments of a run and the file of its model before the first experiment begins, so that two runs never
 * write the same results, checkpoints or model.
 *
 * @throws {RecsysError} `locked` if another run is at work on one of them; then none is locked
 */
export async function lockRun(
  names: readonly string[],
  folder: ResultsFolder,
  artifact: string | undefined,
): Promise<Pick<FileLock, 'release'>> {
  const locks: FileLock[] = [];
  const release = async (): Promise<void> => {
    for (const lock of locks) await lock.release();
  };
  try {
    for (const name of new Set(names)) locks.push(await folder.lock(name));
    if (artifact !== undefined) locks.push(...(await lockArtifact(artifact)));
  } catch (error) {
    await release();
    throw error;
  }
  return { release };
}

/** Locks the file that is written, which a symbolic link names; a device has no lock. */
async function lockArtifact(path: string): Promise<FileLock[]> {
  const target = await resolveTarget(path);
  if (target.kind !== 'file') return [];
  const hint = 'Wait until it ends, or choose another file.';
  const lock = await acquireLock(`${target.path}.lock`, { what: `footlight run --save ${path}`, hint });
  await removeTemporaryFiles(target.path);
  return [lock];
}
