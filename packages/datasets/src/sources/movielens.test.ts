import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pairsOf } from '../fixtures.js';
import type { Interactions } from '../types.js';
import { archiveDirectory } from './download.js';
import { loadFrom, messageOf, temporaryFolder, zipOf } from './folder.fixture.js';
import { type MovieLensOptions, type MovieLensVariant, movielens } from './movielens.js';

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Users 11, 2 and films 7, 5, 1193: neither in order nor dense. */
const ratings = (separator: string): string =>
  [
    [11, 7, 5, 978300760],
    [2, 1193, 3, 978300750],
    [11, 1193, 4, 978300770],
    [2, 5, 1, 978300740],
  ]
    .map((row) => `${row.join(separator)}\n`)
    .join('');
const csv = `userId,movieId,rating,timestamp\r\n${ratings(',').replaceAll('\n', '\r\n')}`;

const archives: Record<string, Record<string, Uint8Array | string>> = {
  'ml-100k.zip': {
    'ml-100k/u.data': ratings('\t'),
    'ml-100k/u.item': latin1('5|Nénette (1996)|01-Jan-1996|\n7|Twelve Monkeys (1995)|01-Jan-1995|\n1193|Cuckoo|'),
    'ml-100k/ua.base': '2\t5\t1\t978300740\n11\t7\t5\t978300760\n',
    'ml-100k/ua.test': '2\t1193\t3\t978300750\n11\t1193\t4\t978300770\n',
  },
  'ml-1m.zip': {
    'ml-1m/ratings.dat': ratings('::'),
    'ml-1m/movies.dat': latin1('5::Nénette (1996)::Drama\n7::Twelve Monkeys (1995)::Sci-Fi\n1193::Cuckoo::Drama\n'),
  },
  'ml-10m.zip': {
    'ml-10M100K/ratings.dat': ratings('::'),
    'ml-10M100K/movies.dat': '5::Nénette (1996)::Drama\n7::Twelve Monkeys (1995)::Sci-Fi\n1193::Cuckoo::Drama\n',
  },
  ...Object.fromEntries(
    ['latest-small', '20m', '25m', '32m'].map((variant) => [
      `ml-${variant}.zip`,
      {
        [`ml-${variant}/movies.csv`]: 'movieId,title,genres\r\n5,Nénette (1996),Drama\r\n7,Twelve Monkeys (1995),\r\n1193,Cuckoo,\r\n',
        [`ml-${variant}/ratings.csv`]: csv,
      },
    ]),
  ),
};

async function load(variant: MovieLensVariant, options: MovieLensOptions = {}): Promise<Interactions> {
  const name = options.archive ?? `ml-${variant}.zip`;
  const folder = temporaryFolder({ [name]: zipOf(archives[`ml-${variant}.zip`]!) });
  return movielens(variant, options).load(loadFrom(folder));
}

describe('movielens', () => {
  it.each(['latest-small', '100k', '1m', '10m', '20m', '25m', '32m'] as const)('reads the layout of %s', async (variant) => {
    expect(await load(variant)).toEqual({
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
  });

  it('takes commas and quotation marks in titles', async () => {
    const movies = 'movieId,title,genres\n5,"Usual ""Suspects"", The (1995)",Crime\n';
    const folder = temporaryFolder({ 'ml-20m.zip': zipOf({ 'ml-20m/movies.csv': movies, 'ml-20m/ratings.csv': csv }) });
    const { catalogue } = await movielens('20m').load(loadFrom(folder));
    expect(catalogue.itemTitles).toEqual(['Usual "Suspects", The (1995)', '', '']);
  });

  it('reads a partition of 100k, its test rows after its train rows', async () => {
    const loaded = await load('100k', { official: 'ua' });
    expect(pairsOf(loaded)).toEqual([
      [2, 5],
      [11, 7],
      [2, 1193],
      [11, 1193],
    ]);
    expect(loaded.parts).toEqual(Uint8Array.of(0, 0, 1, 1));
  });

  it("keeps the archive's own numbers of 100k as Spotlight does", async () => {
    const { catalogue, users, items } = await load('100k', { numbering: 'spotlight' });
    expect(users).toEqual(Int32Array.of(11, 2, 11, 2));
    expect(items).toEqual(Int32Array.of(7, 1193, 1193, 5));
    expect([catalogue.userCount, catalogue.itemCount]).toEqual([12, 1194]); // largest + 1
    expect(catalogue.itemIds[1193]).toBe(1193);
    expect(catalogue.itemTitles!.slice(0, 8)).toEqual(['', '', '', '', '', 'Nénette (1996)', '', 'Twelve Monkeys (1995)']);
  });

  it('counts the others from 1 in order of appearance as Spotlight does', async () => {
    const { catalogue, users, items } = await load('1m', { numbering: 'spotlight' });
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

  it('reads a sample that lies in the folder under its own name', async () => {
    expect((await load('1m', { archive: 'ml-1m-2999.zip' })).users).toHaveLength(4);
    expect(movielens('1m', { archive: 'ml-1m-2999.zip' }).protocol).toEqual({
      source: 'movielens',
      variant: '1m',
      official: 'none',
      numbering: 'sorted',
      archive: 'ml-1m-2999.zip',
    });
  });

  it('finds latest-small in its package where no archive lies in the folder', async () => {
    const { catalogue, users } = await movielens('latest-small').load(loadFrom(temporaryFolder()));
    expect([users.length, catalogue.userCount, catalogue.itemCount]).toEqual([100_836, 610, 9_724]);
    expect(catalogue.itemTitles![0]).toBe('Toy Story (1995)');
  });

  it('refuses partitions of others than 100k, and variants that do not exist', () => {
    expect(() => movielens('1m', { official: 'ua' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: movielens(official): expected the variant 100k, received 1m. Only 100k comes with partitions.]`,
    );
    expect(() => movielens('2m' as MovieLensVariant)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: movielens(variant): expected one of latest-small, 100k, 1m, 10m, 20m, 25m, 32m, received "2m".]`,
    );
  });

  it('says which archive is missing', async () => {
    const folder = temporaryFolder();
    expect(await messageOf(movielens('1m', { archive: 'ml-1m-2999.zip' }).load(loadFrom(folder)), folder)).toMatchInlineSnapshot(
      `"ml-1m-2999.zip: expected <folder>/ml-1m-2999.zip, received no such file. It cannot be downloaded: get it from its owners and put it there, or set FOOTLIGHT_DATA to the folder that holds it."`,
    );
  });
});

const real = (fileName: string): boolean => existsSync(join(archiveDirectory(), fileName));

/** Skipped where FOOTLIGHT_DATA holds no such archive. */
describe('movielens, the real archives', () => {
  it.skipIf(!real('ml-100k.zip'))('counts what 100k is known to hold', async () => {
    const load = async (options?: MovieLensOptions): Promise<Interactions> => movielens('100k', options).load(loadFrom(archiveDirectory()));
    const plain = await load();
    expect([plain.users.length, plain.catalogue.userCount, plain.catalogue.itemCount]).toEqual([100_000, 943, 1_682]);
    const { users, parts } = await load({ official: 'ua' });
    expect([users.length, parts!.filter((part) => part === 0).length]).toEqual([100_000, 90_570]);
    const { catalogue } = await load({ numbering: 'spotlight' });
    expect([catalogue.userCount, catalogue.itemCount]).toEqual([944, 1_683]);
  });

  it.skipIf(!real('ml-1m.zip'))('counts what 1m is known to hold', async () => {
    const { users, catalogue } = await movielens('1m').load(loadFrom(archiveDirectory()));
    expect([users.length, catalogue.userCount, catalogue.itemCount]).toEqual([1_000_209, 6_040, 3_706]);
    expect(catalogue.itemTitles!.every((title) => title !== '')).toBe(true);
  });
});
