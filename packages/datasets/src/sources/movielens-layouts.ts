import type { MovieFile, UserFile } from './movielens-features.js';

export type MovieLensVariant = 'latest-small' | '100k' | '1m' | '10m' | '20m' | '25m' | '32m';

/** Files and formats of an archive of MovieLens. */
export interface MovieLensLayout {
  readonly ratings: string;
  readonly separator: string;
  /** Names of the columns of a file without a header. */
  readonly header?: readonly string[];
  readonly movies: MovieFile;
  /** Absent: the archive has no features of users. */
  readonly users?: UserFile;
}

/** Names of the columns of ratings. */
export const RATING_COLUMNS: readonly string[] = ['userId', 'movieId', 'rating', 'timestamp'];
const TABS: MovieLensLayout = {
  ratings: 'u.data',
  separator: '\t',
  header: RATING_COLUMNS,
  movies: { file: 'u.item', encoding: 'latin1', separator: '|', genres: 'u.genre' },
  users: { file: 'u.user', separator: '|', order: ['age', 'gender', 'occupation'] },
};
const COLONS = {
  ratings: 'ratings.dat',
  separator: '::',
  header: RATING_COLUMNS,
  movies: { file: 'movies.dat', separator: '::' },
};
const COLONS_1M: MovieLensLayout = {
  ...COLONS,
  movies: { ...COLONS.movies, encoding: 'latin1' },
  users: { file: 'users.dat', separator: '::', order: ['gender', 'age', 'occupation'] },
};
const COLONS_10M: MovieLensLayout = { ...COLONS, movies: { ...COLONS.movies, encoding: 'utf-8' } };
const CSV: MovieLensLayout = {
  ratings: 'ratings.csv',
  separator: ',',
  movies: { file: 'movies.csv', encoding: 'utf-8', separator: ',' },
};

/** Checksum, size and layout of an archive. */
export interface MovieLensArchive {
  readonly checksum: string;
  /** That of the copy in the package with latest-small, which has the same files. */
  readonly bundledChecksum?: string;
  readonly bytes: number;
  readonly layout: MovieLensLayout;
}

/**
 * MD5 as GroupLens publishes it beside each archive. It publishes none for latest-small; the SHA-256 is that of the
 * edition of September 2018.
 */
export const MOVIELENS_ARCHIVES: Readonly<Record<MovieLensVariant, MovieLensArchive>> = {
  'latest-small': {
    checksum: 'sha256:696d65a3dfceac7c45750ad32df2c259311949efec81f0f144fdfb91ebc9e436',
    bundledChecksum: 'sha256:4f01fbfec299e5ff96bea5b4b3f12006be7c141f9c0b1235aba68f4ef0b8f2cd',
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

/** The optional package with latest-small. A `string`, so that bundlers do not resolve it. */
export const MOVIELENS_BUNDLE: string = '@footlight/movielens-latest-small';
