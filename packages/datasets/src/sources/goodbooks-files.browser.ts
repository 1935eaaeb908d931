import { obtainArchive } from '../readers/obtain-archive.browser.js';
import type { SourceFile } from '../readers/source-file.js';
import type { Archive, LoadOptions } from '../types.js';

/** Refuses to look for the archive: browsers have no folder of archives. */
export async function createOpener(
  archive: Archive,
  _options: LoadOptions,
): Promise<(name: string) => Promise<SourceFile>> {
  await obtainArchive(archive);
  return () => Promise.reject(new Error('not reached'));
}
