import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { movielens } from '../sources/movielens.js';
import { syntheticInteractions } from '../sources/synthetic-interactions.js';
import { listDownloads } from './list-downloads.js';

describe('listDownloads', () => {
  const directory = mkdtempSync(join(tmpdir(), 'downloads-'));
  const list = async (dataset: Parameters<typeof listDownloads>[0]) =>
    (await listDownloads(dataset, { directory })).map(({ fileName, bytes }) => ({ fileName, bytes }));

  it('lists an archive with its size until it is in the folder', async () => {
    expect(await list(movielens('1m'))).toEqual([{ fileName: 'ml-1m.zip', bytes: 5_917_549 }]);
    writeFileSync(join(directory, 'ml-1m.zip'), '');
    expect(await list(movielens('1m'))).toEqual([]);
    rmSync(join(directory, 'ml-1m.zip'));
    expect(await list(movielens('1m', { users: 2999 }))).toEqual([{ fileName: 'ml-1m.zip', bytes: 5_917_549 }]);
    writeFileSync(join(directory, 'ml-1m-2999.zip'), '');
    expect(await list(movielens('1m', { users: 2999 }))).toEqual([]);
    expect(await list(movielens('1m'))).toEqual([{ fileName: 'ml-1m.zip', bytes: 5_917_549 }]);
    rmSync(directory, { recursive: true });
  });

  it('lists nothing that is bundled, cannot be downloaded, or is not in an archive', async () => {
    expect(await list(movielens('latest-small'))).toEqual([]);
    expect(await list(movielens('1m', { archive: 'own.zip' }))).toEqual([]);
    expect(await list(syntheticInteractions({ users: 5, items: 7, interactions: 11 }))).toEqual([]);
  });
});
