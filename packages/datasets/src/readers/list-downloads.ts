import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Archive, Dataset, LoadOptions } from '../types.js';
import { resolveArchiveDirectory } from './archive-directory.js';

/**
 * Lists the archives that loading a dataset would download: those that are neither in the folder of the archives nor in
 * an installed package.
 *
 * @example
 * await listDownloads(movielens('1m')) // [{ fileName: 'ml-1m.zip', bytes: 5917549, … }], or [] once it is there
 */
export async function listDownloads(
  { archives = [] }: Pick<Dataset, 'archives'>,
  { directory }: Pick<LoadOptions, 'directory'> = {},
): Promise<Archive[]> {
  const isThere = await Promise.all(
    archives.map(
      async ({ fileName, cutFile = fileName, url, bundledIn }) =>
        url === undefined ||
        [fileName, cutFile].some((name) => existsSync(join(resolveArchiveDirectory(directory), name))) ||
        (bundledIn !== undefined && (await isInstalled(bundledIn))),
    ),
  );
  return archives.filter((_, at) => !isThere[at]);
}

async function isInstalled(name: string): Promise<boolean> {
  return import(name).then(
    () => true,
    () => false,
  );
}
