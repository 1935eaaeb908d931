import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPrivateFolder, findCacheFolder } from '@footlight/core/files';

/**
 * Creates a folder of this name in the cache of the user, for what is used again: Python environments, generated data.
 * What lies there is run, so no other user may write to it.
 */
export function createCacheFolder(name: string): string {
  const folder = join(findCacheFolder('footlight-benchmarks'), name);
  createPrivateFolder(folder);
  return folder;
}

let temporary: string | undefined;

/** Creates a private temporary folder of this process, which is deleted when the process ends. */
export function getTemporaryFolder(): string {
  if (temporary !== undefined) return temporary;
  const folder = mkdtempSync(join(tmpdir(), 'footlight-benchmarks-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  temporary = folder;
  return folder;
}
