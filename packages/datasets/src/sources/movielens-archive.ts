import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveArchiveDirectory } from '../readers/archive-directory.js';
import { checkArchive } from '../readers/check-archive.js';
import { obtainArchive } from '../readers/obtain-archive.js';
import type { Archive, LoadOptions } from '../types.js';
import { MOVIELENS_BUNDLE } from './movielens-layouts.js';

/**
 * The path of the archive: a file in the folder, else the package with latest-small, else a download.
 *
 * For a sample it is the published archive if the folder has it, else the file with the lines of the sample only, else
 * the archive as it is in the folder, or a download.
 */
export async function findMovieLensArchive(archive: Archive, options: LoadOptions): Promise<string> {
  const directory = resolveArchiveDirectory(options.directory);
  const whole = join(directory, archive.fileName);
  const cut = archive.cutFile === undefined ? undefined : join(directory, archive.cutFile);
  if (cut !== undefined && existsSync(cut) && !(existsSync(whole) && (await isPublished(whole, archive)))) {
    options.onArchive?.(await checkArchive(cut, {})); // no checksum of a part is published
    return cut;
  }
  const bundled = archive.bundledIn === undefined || existsSync(whole) ? undefined : await findBundledArchive();
  if (bundled === undefined) return obtainArchive(archive, options);
  options.onArchive?.(await checkArchive(bundled, archive));
  return bundled;
}

async function isPublished(path: string, archive: Archive): Promise<boolean> {
  return (await checkArchive(path, archive)).checksum === 'published';
}

async function findBundledArchive(): Promise<string | undefined> {
  const bundled = await (import(MOVIELENS_BUNDLE) as Promise<{ archive: URL }>).catch(() => undefined);
  return bundled && fileURLToPath(bundled.archive);
}
