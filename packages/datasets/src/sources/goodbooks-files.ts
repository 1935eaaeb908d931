import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { resolveArchiveDirectory } from '../readers/archive-directory.js';
import { obtainArchive } from '../readers/obtain-archive.js';
import { openFile, type SourceFile } from '../readers/source-file.js';
import { openZipEntry } from '../readers/zip-archive.js';
import type { Archive, LoadOptions } from '../types.js';

/** Opens files of the archive, or of the checkout beside it. */
export async function createOpener(
  archive: Archive,
  options: LoadOptions,
): Promise<(name: string) => Promise<SourceFile>> {
  const folder = join(resolveArchiveDirectory(options.directory), 'goodbooks-10k');
  if (existsSync(join(folder, 'ratings.csv'))) return (name) => openFile(join(folder, name), options);
  const path = await obtainArchive(archive, options);
  return (name) => openZipEntry(path, name, options);
}
