import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { invalid } from '@footlight/core';
import { resolveArchiveDirectory } from '../readers/archive-directory.js';
import { numberIds } from '../readers/number-ids.js';
import { type Archive, obtainArchive } from '../readers/obtain-archive.js';
import { readColumns } from '../readers/read-columns.js';
import { openZipEntry } from '../readers/source-file.js';
import { keepNumbers, numberFromOne } from '../readers/spotlight-numbering.js';
import type { Dataset, LoadOptions } from '../types.js';
import { type MovieFile, readMovies, readUsers, type UserFile } from './movielens-features.js';

export type MovieLensVariant = 'latest-small' | '100k' | '1m' | '10m' | '20m' | '25m' | '32m';

/** The partitions that come with MovieLens 100K: two with ten test ratings per user, five of a cross-validation. */
export type MovieLens100kPartition = 'ua' | 'ub' | 'u1' | 'u2' | 'u3' | 'u4' | 'u5';

export interface MovieLensOptions {
  /**
   * A published partition of MovieLens 100K: the rows of `<official>.base`, then those of `<official>.test`, marked by
   * `parts`. Default: `u.data`, no parts.
   */
  readonly official?: MovieLens100kPartition;
  /**
   * `sorted` (default): 0, 1, 2, … in ascending order of the original ids. `spotlight`: as the library Spotlight
   * numbers them, with an id 0 that has no interactions. MovieLens 100K keeps the numbers of the archive, the others
   * count from 1 in order of first appearance.
   */
  readonly numbering?: 'sorted' | 'spotlight';
  /**
   * File name of another archive with the same layout, e.g. a sample, in the folder of the archives. It is never
   * downloaded.
   */
  readonly archive?: string;
}

/** Files and formats of an archive. */
interface Layout {
  readonly ratings: string;
  readonly separator: string;
  /** Names of the columns of a file without a header. */
  readonly header?: readonly string[];
  readonly movies: MovieFile;
  /** Absent: the archive has no features of users. */
  readonly users?: UserFile;
}

const COLUMNS = ['userId', 'movieId', 'rating', 'timestamp'];
const TABS: Layout = {
  ratings: 'u.data',
  separator: '\t',
  header: COLUMNS,
  movies: { file: 'u.item', encoding: 'latin1', separator: '|', genres: 'u.genre' },
  users: { file: 'u.user', separator: '|', order: ['age', 'gender', 'occupation'] },
};
const COLONS = {
  ratings: 'ratings.dat',
  separator: '::',
  header: COLUMNS,
  movies: { file: 'movies.dat', separator: '::' },
};
const COLONS_1M: Layout = {
  ...COLONS,
  movies: { ...COLONS.movies, encoding: 'latin1' },
  users: { file: 'users.dat', separator: '::', order: ['gender', 'age', 'occupation'] },
};
const COLONS_10M: Layout = { ...COLONS, movies: { ...COLONS.movies, encoding: 'utf-8' } };
const CSV: Layout = {
  ratings: 'ratings.csv',
  separator: ',',
  movies: { file: 'movies.csv', encoding: 'utf-8', separator: ',' },
};

/** The optional package with latest-small. A `string`, so that bundlers do not resolve it. */
const bundle: string = '@footlight/movielens-latest-small';

/**
 * MD5 as GroupLens publishes it beside each archive. It publishes none for latest-small; the SHA-256 is that of the
 * edition of September 2018.
 */
const ARCHIVES: Readonly<Record<MovieLensVariant, { checksum: string; bytes: number; layout: Layout }>> = {
  'latest-small': {
    checksum: 'sha256:696d65a3dfceac7c45750ad32df2c259311949efec81f0f144fdfb91ebc9e436',
    bytes: 978_202,
    layout: CSV,
  },
  '100k': { checksum: 'md5:0e33842e24a9c977be4e0107933c0723', bytes: 4_924_029, layout: TABS },
  '1m': { checksum: 'md5:c4d9eecfca2ab87c1945afe126590906', bytes: 5_917_549, layout: COLONS_1M },
  '10m': { checksum: 'md5:ce571fd55effeba0271552578f2648bd', bytes: 65_566_137, layout: COLONS_10M },
  '20m': { checksum: 'md5:cd245b17a1ae2cc31bb14903e1204af3', bytes: 198_702_078, layout: CSV },
  '25m': { checksum: 'md5:6b51fb2759a8657d3bfcbfc42b592ada', bytes: 261_978_986, layout: CSV },
  '32m': { checksum: 'md5:d472be332d4daa821edc399621853b57', bytes: 238_950_008, layout: CSV },
};

/**
 * MovieLens: ratings of movies with timestamps and titles, in the order of the file.
 *
 * Movies have the features `genre=…` and `year=…`: the release date of 100K, else the year at the end of the title.
 * Users of 100K and 1M have `age=…`, `gender=…` and `occupation=…`. Ages are in the seven bands of 1M (under 18, 18–24,
 * 25–34, 35–44, 45–49, 50–55, 56+); the exact ages of 100K are assigned to these bands.
 *
 * Licence: research use with acknowledgement; latest-small may be redistributed under the same terms, the others may
 * not. The README in each archive has the terms.
 *
 * @example
 * movielens('100k', { official: 'ua' }) // 90,570 + 9,430 ratings, 943 users, 1,682 items
 * @throws {RecsysError} `invalid-argument` if the variant is unknown or `official` is combined with another variant
 *   than 100k
 * @source Harper and Konstan, ACM TiiS 5(4), 2015, https://doi.org/10.1145/2827872;
 *   https://grouplens.org/datasets/movielens/
 */
export function movielens(
  variant: MovieLensVariant,
  { official, numbering = 'sorted', archive }: MovieLensOptions = {},
): Dataset {
  const { checksum, bytes, layout } =
    ARCHIVES[variant] ??
    invalid('movielens(variant)', `one of ${Object.keys(ARCHIVES).join(', ')}`, JSON.stringify(variant));
  if (official && variant !== '100k')
    invalid('movielens(official)', 'the variant 100k', variant, 'Only 100k comes with partitions.');
  const fileName = `ml-${variant}.zip`;
  const source: Archive = archive
    ? { fileName: archive }
    : {
        fileName,
        url: `https://files.grouplens.org/datasets/movielens/${fileName}`,
        checksum,
        bytes,
        ...(variant === 'latest-small' && { bundledIn: bundle }),
      };
  const files = official ? [`${official}.base`, `${official}.test`] : [layout.ratings];
  return {
    name: `movielens-${variant}`,
    protocol: { source: 'movielens', variant, official: official ?? 'none', numbering, archive: source.fileName },
    columns: { ratings: true, timestamps: true },
    archives: [source],
    async load(options) {
      const path = await findArchive(source, options);
      const rows = concatenate(await Promise.all(files.map((file) => readRatings(path, file, layout, options))));
      const keepsNumbers = numbering === 'spotlight' && variant === '100k';
      const countsFromOne = numbering === 'spotlight' && variant !== '100k';
      const numberAll = (ids: Ratings['user']) =>
        keepsNumbers ? keepNumbers(ids) : numberIds(ids, countsFromOne ? 'appearance' : 'ascending');
      const users = numberAll(rows.user);
      const items = numberAll(rows.item);
      const catalogue = {
        userCount: users.originals.length,
        itemCount: items.originals.length,
        userIds: users.originals,
        itemIds: items.originals,
        ...(await readMovies(path, layout.movies, items.originals)),
        ...(layout.users && (await readUsers(path, layout.users, users.originals))),
      };
      const { rating: ratings, timestamp: timestamps, parts } = rows;
      const loaded = { catalogue, users: users.ids, items: items.ids, ratings, timestamps, ...(official && { parts }) };
      return countsFromOne ? numberFromOne(loaded) : loaded;
    },
  };
}

/** The path of the archive: a file in the folder, else the package with latest-small, else a download. */
async function findArchive(archive: Archive, options: LoadOptions): Promise<string> {
  const local = join(resolveArchiveDirectory(options.directory), archive.fileName);
  if (archive.fileName !== 'ml-latest-small.zip' || existsSync(local)) return obtainArchive(archive, options);
  return (await findBundledArchive()) ?? obtainArchive(archive, options);
}

async function findBundledArchive(): Promise<string | undefined> {
  const bundled = await (import(bundle) as Promise<{ archive: URL }>).catch(() => undefined);
  return bundled && fileURLToPath(bundled.archive);
}

interface Ratings {
  readonly user: Int32Array | Float64Array;
  readonly item: Int32Array | Float64Array;
  readonly rating: Float32Array;
  readonly timestamp: Float64Array;
}

async function readRatings(
  path: string,
  fileName: string,
  { separator, header }: Layout,
  options: LoadOptions,
): Promise<Ratings> {
  const [user, item, rating, timestamp] = COLUMNS as [string, string, string, string];
  return readColumns(await openZipEntry(path, fileName, options), {
    separator,
    ...(header && { header }),
    columns: {
      user: { column: user, kind: 'id' },
      item: { column: item, kind: 'id' },
      rating: { column: rating, kind: 'float32' },
      timestamp: { column: timestamp, kind: 'float64' },
    },
  });
}

/** Concatenates the rows of several files; `parts` is the position of the file of each row. */
function concatenate(files: readonly Ratings[]): Ratings & { readonly parts: Uint8Array } {
  const count = files.reduce((sum, { rating }) => sum + rating.length, 0);
  const parts = new Uint8Array(files.length > 1 ? count : 0);
  if (files.length === 1) return { ...files[0]!, parts };
  const all = {
    user: new Float64Array(count),
    item: new Float64Array(count),
    rating: new Float32Array(count),
    timestamp: new Float64Array(count),
  };
  let at = 0;
  files.forEach((file, part) => {
    for (const column of ['user', 'item', 'rating', 'timestamp'] as const) all[column].set(file[column], at);
    parts.fill(part, at, at + file.rating.length);
    at += file.rating.length;
  });
  return { ...all, user: Int32Array.from(all.user), item: Int32Array.from(all.item), parts };
}
