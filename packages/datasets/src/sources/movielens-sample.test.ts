import { createHash } from 'node:crypto';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listPairs } from '../fixtures.js';
import { resolveArchiveDirectory } from '../readers/archive-directory.js';
import { catchMessage, createTemporaryFolder, loadFrom, zipFiles } from '../temporary-folder.fixture.js';
import type { Archive } from '../types.js';
import { archives, load } from './movielens.fixture.js';
import { movielens } from './movielens.js';
import { findMovieLensArchive } from './movielens-archive.js';
import type { MovieLensVariant } from './movielens-layouts.js';

const hasArchive = (fileName: string): boolean => existsSync(join(resolveArchiveDirectory(), fileName));

describe('movielens, users', () => {
  it.each(['latest-small', '100k', '1m', '10m', '20m', '25m', '32m'] as const)(
    'keeps the lines of the first users of %s, before users and items are numbered',
    async (variant) => {
      const loaded = await load(variant, { users: 10 });
      expect(loaded.catalogue).toMatchObject({
        userIds: Int32Array.of(2),
        itemIds: Int32Array.of(5, 1193),
        itemTitles: ['Nénette (1996)', 'Cuckoo'],
      });
      expect(loaded).toMatchObject({
        users: Int32Array.of(0, 0),
        items: Int32Array.of(1, 0),
        ratings: Float32Array.of(3, 1),
        timestamps: Float64Array.of(978300750, 978300740),
      });
    },
  );

  it('keeps the parts of a published split', async () => {
    const loaded = await load('100k', { users: 10, publishedSplit: 'ua' });
    expect([listPairs(loaded), loaded.parts]).toEqual([
      [
        [2, 5],
        [2, 1193],
      ],
      Uint8Array.of(0, 1),
    ]);
  });

  it('names the sample, and no file, in the protocol', () => {
    const { name, protocol } = movielens('1m', { users: 2999 });
    expect(name).toBe('movielens-1m(2999 users)');
    expect(protocol).toEqual({
      source: 'movielens',
      variant: '1m',
      official: 'none',
      numbering: 'sorted',
      users: 2999,
    });
    expect(movielens('1m').protocol).not.toHaveProperty('users');
  });

  it('reads the file with the lines of the sample if the archive is missing, or is not the published one', async () => {
    const [whole, cut] = [zipFiles(archives['ml-1m.zip']!), zipFiles({ 'ml-1m/ratings.dat': '' })];
    const archive: Archive = {
      fileName: 'ml-1m.zip',
      cutFile: 'ml-1m-10.zip',
      checksum: `md5:${createHash('md5').update(whole).digest('hex')}`,
    };
    const find = async (files: Record<string, Uint8Array>, checksum = archive.checksum!) => {
      const folder = createTemporaryFolder(files);
      return (await findMovieLensArchive({ ...archive, checksum }, loadFrom(folder))).slice(folder.length + 1);
    };
    const both = { 'ml-1m.zip': whole, 'ml-1m-10.zip': cut };
    expect(await find({ 'ml-1m-10.zip': cut })).toBe('ml-1m-10.zip');
    expect(await find(both)).toBe('ml-1m.zip');
    expect(await find(both, 'md5:0')).toBe('ml-1m-10.zip');
    expect(await find({ 'ml-1m.zip': whole }, 'md5:0')).toBe('ml-1m.zip');
  });

  it('throws for a number that is no number of users', async () => {
    for (const users of [0, -1, 1.5, Number.NaN])
      expect(() => movielens('1m', { users })).toThrow(
        `movielens(users): expected a positive integer, received ${users}.`,
      );
    expect(() => movielens('1m', { users: 5, archive: 'own.zip' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: movielens(users): expected none together with archive, received 5. Leave one of them out.]`,
    );
    expect(await catchMessage(load('1m', { users: 12 }))).toMatchInlineSnapshot(
      `"movielens(users): expected at most 11, the largest user id of the archive, received 12. Ask for fewer users."`,
    );
  });

  it('names an unknown variant first', () =>
    expect(() => movielens('2m' as MovieLensVariant, { users: 0 })).toThrow('movielens(variant)'));

  it.skipIf(!hasArchive('ml-1m-2999.zip'))('has the counts of the sample of 1m', async () => {
    const folder = createTemporaryFolder();
    const source = join(resolveArchiveDirectory(), 'ml-1m-2999.zip');

    copyFileSync(source, join(folder, 'ml-1m-2999.zip'));
    const { users, catalogue } = await movielens('1m', { users: 2999 }).load(loadFrom(folder));
    expect([users.length, catalogue.userCount, catalogue.userIds[2998]]).toEqual([487_650, 2999, 2999]);
  });
});
