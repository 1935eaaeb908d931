import type { Archive, Dataset } from '../types.js';

/** Lists the archives that browsers lack: all of them. */
export async function listDownloads({ archives = [] }: Pick<Dataset, 'archives'>): Promise<Archive[]> {
  return archives.filter(({ url }) => url !== undefined);
}
