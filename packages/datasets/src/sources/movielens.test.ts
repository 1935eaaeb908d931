import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFeatureNames } from '../features.js';
import { minimumRating } from '../filters/minimum-rating.js';
import { listPairs } from '../fixtures.js';
import { resolveArchiveDirectory } from '../readers/obtain-archive.js';
import { catchMessage, createTemporaryFolder, loadFrom, zipFiles } from '../temporary-folder.fixture.js';
import type { Features, Interactions } from '../types.js';
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
    'ml-100k/u.item': latin1(
      '5|Nénette (1996)|01-Jan-1996||http://a|0|0|1\n7|Twelve Monkeys (1995)|9-Dec-1994||http://b|0|1|1\n1193|Cuckoo|||http://c|1|0|0',
    ),
    'ml-100k/u.genre': "unknown|0\nChildren's|1\nDrama|2\n\n",
    'ml-100k/u.user': '2|24|M|technician|85711\n11|56|F|other|94043\n12|17|F|writer|1\n',
    'ml-100k/ua.base': '2\t5\t1\t978300740\n11\t7\t5\t978300760\n',
    'ml-100k/ua.test': '2\t1193\t3\t978300750\n11\t1193\t4\t978300770\n',
  },
  'ml-1m.zip': {
    'ml-1m/ratings.dat': ratings('::'),
    'ml-1m/movies.dat': latin1('5::Nénette (1996)::Drama\n7::Twelve Monkeys (1995)::Sci-Fi|Drama\n1193::Cuckoo::\n'),
    'ml-1m/users.dat': '2::F::1::10::48067\n11::M::50::0::70072\n',
  },
  'ml-10m.zip': {
    'ml-10M100K/ratings.dat': ratings('::'),
    'ml-10M100K/movies.dat':
      '5::Nénette (1996)::Drama\n7::Twelve Monkeys (1995)::Sci-Fi|Drama\n1193::Cuckoo::(no genres listed)\n',
  },
  ...Object.fromEntries(
    ['latest-small', '20m', '25m', '32m'].map((variant) => [
      `ml-${variant}.zip`,
      {
        [`ml-${variant}/movies.csv`]:
          'movieId,title,genres\r\n5,Nénette (1996),Drama\r\n7,Twelve Monkeys (1995),Sci-Fi|Drama\r\n1193,Cuckoo,(no genres listed)\r\n',
        [`ml-${variant}/ratings.csv`]: csv,
      },
    ]),
  ),
};

async function load(variant: MovieLensVariant, options: MovieLensOptions = {}): Promise<Interactions> {
  const name = options.archive ?? `ml-${variant}.zip`;
  const folder = createTemporaryFolder({ [name]: zipFiles(archives[`ml-${variant}.zip`]!) });
  return movielens(variant, options).load(loadFrom(folder));
}

/** Of films 5, 7, 1193; all layouts but that of 100K tell the same. */
const FILMS = [['genre=Drama', 'year=1996'], ['genre=Drama', 'genre=Sci-Fi', 'year=1995'], []];
const FILMS_100K = [['genre=Drama', 'year=1996'], ["genre=Children's", 'genre=Drama', 'year=1994'], ['genre=unknown']];
/** Of users 2, 11. */
const PEOPLE: Partial<Record<MovieLensVariant, string[][]>> = {
  '100k': [
    ['age=18–24', 'gender=M', 'occupation=technician'],
    ['age=56+', 'gender=F', 'occupation=other'],
  ],
  '1m': [
    ['age=under 18', 'gender=F', 'occupation=K-12 student'],
    ['age=50–55', 'gender=M', 'occupation=other'],
  ],
};

const told = (features: Features | undefined): string[][] | undefined =>
  features && Array.from(features.offsets.subarray(1), (_, entity) => readFeatureNames(features, entity));

describe('movielens', () => {
  it.each(['latest-small', '100k', '1m', '10m', '20m', '25m', '32m'] as const)(
    'reads the layout of %s',
    async (variant) => {
      const loaded = await load(variant);
      const { itemFeatures, userFeatures, ...catalogue } = loaded.catalogue;
      expect(told(itemFeatures)).toEqual(variant === '100k' ? FILMS_100K : FILMS);
      expect(told(userFeatures)).toEqual(PEOPLE[variant]);
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

  it('numbers genres before years, ages before genders and occupations', async () => {
    const { catalogue } = await load('1m');
    expect(catalogue.itemFeatures!.names).toEqual(['genre=Drama', 'genre=Sci-Fi', 'year=1995', 'year=1996']);
    expect(catalogue.userFeatures!.names).toEqual([
      'age=50–55',
      'age=under 18',
      'gender=F',
      'gender=M',
      'occupation=K-12 student',
      'occupation=other',
    ]);
  });

  it('tells nothing of users where a sample has no list of them', async () => {
    const { 'ml-1m/users.dat': _, ...without } = archives['ml-1m.zip']!;
    const folder = createTemporaryFolder({ 'sample.zip': zipFiles(without) });
    const { catalogue } = await movielens('1m', { archive: 'sample.zip' }).load(loadFrom(folder));
    expect(catalogue).not.toHaveProperty('userFeatures');
    expect(told(catalogue.itemFeatures)).toEqual(FILMS);
  });

  it.each([
    ['0', 'under 18'],
    ['17', 'under 18'],
    ['18', '18–24'],
    ['24', '18–24'],
    ['25', '25–34'],
    ['34', '25–34'],
    ['35', '35–44'],
    ['44', '35–44'],
    ['45', '45–49'],
    ['49', '45–49'],
    ['50', '50–55'],
    ['55', '50–55'],
    ['56', '56+'],
  ])('puts the age %s into the band %s', async (age, band) => {
    const files = { ...archives['ml-100k.zip']!, 'ml-100k/u.user': `11|${age}|F|other|\n` };
    const { catalogue } = await movielens('100k').load(
      loadFrom(createTemporaryFolder({ 'ml-100k.zip': zipFiles(files) })),
    );
    expect(told(catalogue.userFeatures)).toEqual([[], [`age=${band}`, 'gender=F', 'occupation=other']]);
  });

  it('keeps features with those who pass a filter', async () => {
    const { catalogue } = minimumRating({ rating: 4 }).apply(await load('100k'));
    expect([[...catalogue.userIds], [...catalogue.itemIds]]).toEqual([[11], [7, 1193]]);
    expect(told(catalogue.userFeatures)).toEqual(PEOPLE['100k']!.slice(1));
    expect(told(catalogue.itemFeatures)).toEqual(FILMS_100K.slice(1));
  });

  it('finds the year at the end of a title, where there is no date of release', async () => {
    const movies =
      'movieId,title,genres\n5,Assembly (Ji jie hao) (2007) ,War\n7,2001: A Space Odyssey,\n1193,Heat (1995) again,\n';
    const csvFolder = createTemporaryFolder({
      'ml-20m.zip': zipFiles({ 'ml-20m/movies.csv': movies, 'ml-20m/ratings.csv': csv }),
    });
    const loaded = await movielens('20m').load(loadFrom(csvFolder));
    expect(told(loaded.catalogue.itemFeatures)).toEqual([['genre=War', 'year=2007'], [], []]);
    const files = { ...archives['ml-100k.zip']!, 'ml-100k/u.item': '5|Nadja (1994)|||http://a|0|0|1\n' };
    const undated = await movielens('100k').load(loadFrom(createTemporaryFolder({ 'ml-100k.zip': zipFiles(files) })));
    expect(told(undated.catalogue.itemFeatures)).toEqual([['genre=Drama', 'year=1994'], [], []]);
  });

  it('takes commas and quotation marks in titles', async () => {
    const movies = 'movieId,title,genres\n5,"Usual ""Suspects"", The (1995)",Crime\n';
    const folder = createTemporaryFolder({
      'ml-20m.zip': zipFiles({ 'ml-20m/movies.csv': movies, 'ml-20m/ratings.csv': csv }),
    });
    const { catalogue } = await movielens('20m').load(loadFrom(folder));
    expect(catalogue.itemTitles).toEqual(['Usual "Suspects", The (1995)', '', '']);
  });

  it('reads a partition of 100k, its test rows after its train rows', async () => {
    const loaded = await load('100k', { official: 'ua' });
    expect(listPairs(loaded)).toEqual([
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
    expect(told(catalogue.itemFeatures)!.slice(4, 8)).toEqual([[], FILMS_100K[0], [], FILMS_100K[1]]);
    expect(told(catalogue.userFeatures)!.slice(0, 3)).toEqual([[], [], PEOPLE['100k']![0]]);
  });

  it('counts the others from 1 in order of appearance as Spotlight does', async () => {
    const { users, items, ...loaded } = await load('1m', { numbering: 'spotlight' });
    const { itemFeatures, userFeatures, ...catalogue } = loaded.catalogue;
    expect(told(itemFeatures)).toEqual([[], FILMS[1], FILMS[2], FILMS[0]]);
    expect(told(userFeatures)).toEqual([[], PEOPLE['1m']![1], PEOPLE['1m']![0]]);
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
    const { catalogue, users } = await movielens('latest-small').load(loadFrom(createTemporaryFolder()));
    expect([users.length, catalogue.userCount, catalogue.itemCount]).toEqual([100_836, 610, 9_724]);
    expect(catalogue.itemTitles![0]).toBe('Toy Story (1995)');
    expect(catalogue.userFeatures).toBeUndefined();
    expect(told(catalogue.itemFeatures)![0]).toEqual([
      ...['Adventure', 'Animation', 'Children', 'Comedy', 'Fantasy'].map((genre) => `genre=${genre}`),
      'year=1995',
    ]);
    expect(catalogue.itemFeatures!.names.filter((name) => name.startsWith('genre='))).toHaveLength(19);
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
    const folder = createTemporaryFolder();
    expect(
      await catchMessage(movielens('1m', { archive: 'ml-1m-2999.zip' }).load(loadFrom(folder)), folder),
    ).toMatchInlineSnapshot(
      `"ml-1m-2999.zip: expected <folder>/ml-1m-2999.zip, received no such file. It cannot be downloaded: get it from its owners and put it there, or set FOOTLIGHT_DATA to the folder that holds it."`,
    );
  });
});

const real = (fileName: string): boolean => existsSync(join(resolveArchiveDirectory(), fileName));

/** Skipped where FOOTLIGHT_DATA holds no such archive. */
describe('movielens, the real archives', () => {
  it.skipIf(!real('ml-100k.zip'))('counts what 100k is known to hold', async () => {
    const load = async (options?: MovieLensOptions): Promise<Interactions> =>
      movielens('100k', options).load(loadFrom(resolveArchiveDirectory()));
    const plain = await load();
    expect([plain.users.length, plain.catalogue.userCount, plain.catalogue.itemCount]).toEqual([100_000, 943, 1_682]);
    const { users, parts } = await load({ official: 'ua' });
    expect([users.length, parts!.filter((part) => part === 0).length]).toEqual([100_000, 90_570]);
    const { catalogue } = await load({ numbering: 'spotlight' });
    expect([catalogue.userCount, catalogue.itemCount]).toEqual([944, 1_683]);
  });

  it.skipIf(!real('ml-100k.zip'))('tells of films and users what 100k is known to tell', async () => {
    const { itemTitles, itemFeatures, userFeatures } = (
      await movielens('100k').load(loadFrom(resolveArchiveDirectory()))
    ).catalogue;
    expect(itemTitles![0]).toBe('Toy Story (1995)');
    expect(told(itemFeatures)![0]).toEqual(['genre=Animation', "genre=Children's", 'genre=Comedy', 'year=1995']);
    expect(told(userFeatures)![0]).toEqual(['age=18–24', 'gender=M', 'occupation=technician']);
    const count = (features: Features, field: string) =>
      features.names.filter((name) => name.startsWith(`${field}=`)).length;
    expect([count(itemFeatures!, 'genre'), count(userFeatures!, 'age')]).toEqual([19, 7]);
    expect([count(userFeatures!, 'gender'), count(userFeatures!, 'occupation')]).toEqual([2, 21]);
  });

  it.skipIf(!real('ml-1m.zip'))('counts what 1m is known to hold', async () => {
    const { users, catalogue } = await movielens('1m').load(loadFrom(resolveArchiveDirectory()));
    expect([users.length, catalogue.userCount, catalogue.itemCount]).toEqual([1_000_209, 6_040, 3_706]);
    expect(catalogue.itemTitles!.every((title) => title !== '')).toBe(true);
    expect(told(catalogue.userFeatures)![0]).toEqual(['age=under 18', 'gender=F', 'occupation=K-12 student']); // 1::F::1::10
    expect(told(catalogue.itemFeatures)!.every((features) => features.some((name) => name.startsWith('year=')))).toBe(
      true,
    );
  });
});
