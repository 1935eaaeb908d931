import { RecsysError } from '@footlight/core';
import type { Archive } from '../types.js';

/**
 * Refuses to look for an archive: browsers have no folder of archives, and may not download from other sites.
 *
 * @throws {RecsysError} `download-failed`, always
 */
export async function obtainArchive({ fileName }: Archive): Promise<string> {
  throw new RecsysError(
    'download-failed',
    `${fileName}: expected a folder of archives, received a browser, which has none. ` +
      'Pass the file itself as `file`: a File, a Blob or what fetch returned.',
  );
}
