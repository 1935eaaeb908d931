import { describe, expect, it } from 'vitest';
import { listFeatures, listPairs } from '../fixtures.js';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import { load, MOVIES, MOVIES_100K, USERS } from './movielens.fixture.js';
import { movielens } from './movielens.js';
import type { MovieLensVariant } from './movielens-layouts.js';

describe('movielens', () => {
  it.each(['latest-small', '100k', '1m', '10m', '20m', '25m', '32m'] as const)(
    'reads the layout of %s',
    async (variant) => {
      const loaded = await load(variant);
      const { itemFeatures, userFeatures, ...catalogue } = loaded.catalogue;
      expect(listFeatures(itemFeatures)).toEqual(variant === '100k' ? MOVIES_100K : MOVIES);
      expect(listFeatures(userFeatures)).toEqual(USERS[variant]);
      expect({ ...loaded, catalogue }).toEqual({
        catalogue: {
          userCount: 2,
          itemCount: 3,
          userIds: Int32Array.of(2, 11),
          itemIds: Int32Array.of(5, 7, 1193),
          itemTitles: ['Nénette (1996)', 'Twelve Monkeys (1995)', 'Cuckoo'],
        },
        users: Int32Array.of(1, 0, 1, 0),
        items: Int32Array.of(1, 2, 2, 0),
        ratings: Float32Array.of(5, 3, 4, 1),
        timestamps: Float64Array.of(978300760, 978300750, 978300770, 978300740),
      });
    },
  );

  it('reads a published split of 100k, test rows after train rows', async () => {
    const loaded = await load('100k', { publishedSplit: 'ua' });
    expect(listPairs(loaded)).toEqual([
      [2, 5],
      [11, 7],
      [2, 1193],
      [11, 1193],
    ]);
    expect(loaded.parts).toEqual(Uint8Array.of(0, 0, 1, 1));
  });

  it('keeps the numbers of the archive for 100k, as Spotlight does', async () => {
    const { catalogue, users, items } = await load('100k', { numbering: 'spotlight' });
    expect(users).toEqual(Int32Array.of(11, 2, 11, 2));
    expect(items).toEqual(Int32Array.of(7, 1193, 1193, 5));
    expect([catalogue.userCount, catalogue.itemCount]).toEqual([12, 1194]); // largest + 1
    expect(catalogue.itemIds[1193]).toBe(1193);
    expect(catalogue.itemTitles!.slice(0, 8)).toEqual([
      '',
      '',
      '',
      '',
      '',
      'Nénette (1996)',
      '',
      'Twelve Monkeys (1995)',
    ]);
    expect(listFeatures(catalogue.itemFeatures)!.slice(4, 8)).toEqual([[], MOVIES_100K[0], [], MOVIES_100K[1]]);
    expect(listFeatures(catalogue.userFeatures)!.slice(0, 3)).toEqual([[], [], USERS['100k']![0]]);
  });

  it('numbers the others from 1 in order of appearance, as Spotlight does', async () => {
    const { users, items, ...loaded } = await load('1m', { numbering: 'spotlight' });
    const { itemFeatures, userFeatures, ...catalogue } = loaded.catalogue;
    expect(listFeatures(itemFeatures)).toEqual([[], MOVIES[1], MOVIES[2], MOVIES[0]]);
    expect(listFeatures(userFeatures)).toEqual([[], USERS['1m']![1], USERS['1m']![0]]);
    expect(users).toEqual(Int32Array.of(1, 2, 1, 2));
    expect(items).toEqual(Int32Array.of(1, 2, 2, 3));
    expect(catalogue).toEqual({
      userCount: 3,
      itemCount: 4,
      userIds: Int32Array.of(0, 11, 2),
      itemIds: Int32Array.of(0, 7, 1193, 5),
      itemTitles: ['', 'Twelve Monkeys (1995)', 'Cuckoo', 'Nénette (1996)'],
    });
  });

  it('reads a sample with its own file name', async () => {
    expect((await load('1m', { archive: 'own.zip' })).users).toHaveLength(4);
    expect(movielens('1m', { archive: 'own.zip' }).protocol).toMatchObject({ archive: 'own.zip' });
  });

  it('finds latest-small in its package if the folder has no archive', async () => {
    const { catalogue, users } = await movielens('latest-small').load(loadFrom(createTemporaryFolder()));
    expect([users.length, catalogue.userCount, catalogue.itemCount]).toEqual([100_836, 610, 9_724]);
    expect(catalogue.itemTitles![0]).toBe('Toy Story (1995)');
    expect(catalogue.userFeatures).toBeUndefined();
    expect(listFeatures(catalogue.itemFeatures)![0]).toEqual([
      ...['Adventure', 'Animation', 'Children', 'Comedy', 'Fantasy'].map((genre) => `genre=${genre}`),
      'year=1995',
    ]);
    expect(catalogue.itemFeatures!.names.filter((name) => name.startsWith('genre='))).toHaveLength(19);
  });

  it('throws for published splits of other variants than 100k, and for unknown variants', () => {
    expect(() => movielens('1m', { publishedSplit: 'ua' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: movielens(publishedSplit): expected the variant 100k, received 1m. Only 100k has published splits.]`,
    );
    expect(() => movielens('2m' as MovieLensVariant)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: movielens(variant): expected one of latest-small, 100k, 1m, 10m, 20m, 25m, 32m, received "2m".]`,
    );
  });

  it('names a missing archive in the error', async () => {
    const folder = createTemporaryFolder();
    expect(
      await catchMessage(movielens('1m', { archive: 'own.zip' }).load(loadFrom(folder)), folder),
    ).toMatchInlineSnapshot(
      `"own.zip: expected <folder>/own.zip, received no such file. It cannot be downloaded: get it from its owners and put it there, or set FOOTLIGHT_DATA to the folder that holds it."`,
    );
  });
});
