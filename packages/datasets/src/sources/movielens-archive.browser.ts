import { obtainArchive } from '../readers/obtain-archive.browser.js';
import type { Archive } from '../types.js';

/** Refuses to look for an archive: browsers have no folder of archives. */
export async function findMovieLensArchive(archive: Archive): Promise<string> {
  return obtainArchive(archive);
}
