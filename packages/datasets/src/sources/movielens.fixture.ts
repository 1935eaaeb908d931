import { createTemporaryFolder, loadFrom, zipFiles } from '../temporary-folder.fixture.js';
import type { Interactions } from '../types.js';
import { type MovieLensOptions, movielens } from './movielens.js';
import type { MovieLensVariant } from './movielens-layouts.js';

const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Users 11, 2 and movies 7, 5, 1193: neither in order nor dense. */
const ratings = (separator: string): string =>
  [
    [11, 7, 5, 978300760],
    [2, 1193, 3, 978300750],
    [11, 1193, 4, 978300770],
    [2, 5, 1, 978300740],
  ]
    .map((row) => `${row.join(separator)}\n`)
    .join('');
/** The ratings in the layout of 20m. */
export const csv: string = `userId,movieId,rating,timestamp\r\n${ratings(',').replaceAll('\n', '\r\n')}`;

/** The files of each archive. */
export const archives: Record<string, Record<string, Uint8Array | string>> = {
  'ml-100k.zip': {
    'ml-100k/u.data': ratings('\t'),
    'ml-100k/u.item': latin1(
      '5|Nénette (1996)|01-Jan-1996||http://a|0|0|1\n' +
        '7|Twelve Monkeys (1995)|9-Dec-1994||http://b|0|1|1\n1193|Cuckoo|||http://c|1|0|0',
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
          'movieId,title,genres\r\n5,Nénette (1996),Drama\r\n' +
          '7,Twelve Monkeys (1995),Sci-Fi|Drama\r\n1193,Cuckoo,(no genres listed)\r\n',
        [`ml-${variant}/ratings.csv`]: csv,
      },
    ]),
  ),
};

/** Loads the archive from a temporary folder. */
export async function load(variant: MovieLensVariant, options: MovieLensOptions = {}): Promise<Interactions> {
  const name = options.archive ?? `ml-${variant}.zip`;
  const folder = createTemporaryFolder({ [name]: zipFiles(archives[`ml-${variant}.zip`]!) });
  return movielens(variant, options).load(loadFrom(folder));
}

/** The features of movies 5, 7, 1193, in all layouts but that of 100K. */
export const MOVIES: string[][] = [['genre=Drama', 'year=1996'], ['genre=Drama', 'genre=Sci-Fi', 'year=1995'], []];
export const MOVIES_100K: string[][] = [
  ['genre=Drama', 'year=1996'],
  ["genre=Children's", 'genre=Drama', 'year=1994'],
  ['genre=unknown'],
];
/** The features of users 2, 11. */
export const USERS: Partial<Record<MovieLensVariant, string[][]>> = {
  '100k': [
    ['age=18–24', 'gender=M', 'occupation=technician'],
    ['age=56+', 'gender=F', 'occupation=other'],
  ],
  '1m': [
    ['age=under 18', 'gender=F', 'occupation=K-12 student'],
    ['age=50–55', 'gender=M', 'occupation=other'],
  ],
};
