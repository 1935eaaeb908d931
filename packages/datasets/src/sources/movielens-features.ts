import { RecsysError, yieldWhenDue } from '@footlight/core';
import { buildFeatures } from '../features.js';
import type { FileLocation } from '../readers/file-location.js';
import { mapToDenseIds } from '../readers/number-ids.js';
import { parseWholeNumber } from '../readers/parse-whole-number.js';
import { readColumns } from '../readers/read-columns.js';
import { readText, type SourceFile } from '../readers/source-file.js';
import { openZipEntry } from '../readers/zip-archive.js';
import type { Catalogue, OriginalIds } from '../types.js';

/** The file with the movies: id, title and, from the third field on, fields that differ between layouts. */
export interface MovieFile {
  readonly file: string;
  readonly encoding: 'utf-8' | 'latin1';
  readonly separator: string;
  /**
   * The file with the names of the genres, if movies have a flag for each genre; a sample may lack it. Absent: the
   * third field has the names, separated by `|`.
   */
  readonly genres?: string;
}

/** The file with the users: id, then these fields. */
export interface UserFile {
  readonly file: string;
  readonly separator: string;
  readonly order: readonly ('age' | 'gender' | 'occupation')[];
}

/**
 * Reads titles, genres and years of movies. A movie that the archive does not list has the title '' and no features.
 */
export async function readMovies(
  location: FileLocation,
  { file, encoding, separator, genres }: MovieFile,
  itemIds: OriginalIds,
): Promise<Required<Pick<Catalogue, 'itemTitles' | 'itemFeatures'>>> {
  const names =
    genres === undefined ? undefined : ((await readGenres(location, genres).catch(ignoreMissingFile)) ?? []);
  const movies = await readEntities(location, { file, encoding, separator }, itemIds);
  await yieldWhenDue();
  const field = (name: string, read: (movie: readonly string[]) => string[]) => ({
    name,
    values: movies.map((movie) => (movie ? read(movie) : [])),
  });
  return {
    itemTitles: movies.map((movie) => movie?.[1] ?? ''),
    itemFeatures: buildFeatures([
      field(
        'genre',
        names
          ? (movie) => names.filter((_, at) => movie[FIRST_FLAG + at] === '1')
          : ([, , listed]) => parseGenres(listed),
      ),
      field('year', ([, title, released]) => parseYear(title, names && released)),
    ]),
  };
}

/** Reads age, gender and occupation of users. A sample may lack the file; then there are no features. */
export async function readUsers(
  location: FileLocation,
  { file, separator, order }: UserFile,
  userIds: OriginalIds,
): Promise<Pick<Catalogue, 'userFeatures'>> {
  const users = await readEntities(location, { file, encoding: 'latin1', separator }, userIds).catch(ignoreMissingFile);
  if (!users) return {};
  const field = (name: UserFile['order'][number], parse: (text: string) => string) => {
    const at = 1 + order.indexOf(name);
    return { name, values: users.map((user) => (user?.[at] ? [parse(user[at])] : [])) };
  };
  const fields = [
    field('age', toAgeBand),
    field('gender', (letter) => letter),
    field('occupation', (text) => OCCUPATIONS[Number(text)] ?? text),
  ];
  return { userFeatures: buildFeatures(fields) };
}

/** Position of the flag of the first genre: after id, title, release date, video release date and URL. */
const FIRST_FLAG = 5;

/**
 * The names of the genres in the order of their flags: the file has lines such as `Action|1`, from 0 and without gaps.
 */
async function readGenres(location: FileLocation, file: string): Promise<string[]> {
  const text = await readText(await openZipEntry(location, file), 'latin1');
  const lines = text.split(/\r?\n/).map((line) => line.split('|'));
  return lines.flatMap(([name, number]) => (name && number ? [name] : []));
}

function parseGenres(listed = ''): string[] {
  return listed === '(no genres listed)' ? [] : listed.split('|').filter((genre) => genre !== '');
}

function parseYear(title = '', released = ''): string[] {
  const year = /-(\d{4})$/.exec(released) ?? /\((\d{4})\)\s*$/.exec(title);
  return year ? [year[1]!] : [];
}

/** The lowest age of each band of 1M. 1M writes a band as this age, the youngest band as 1. */
const BANDS = [
  [56, '56+'],
  [50, '50–55'],
  [45, '45–49'],
  [35, '35–44'],
  [25, '25–34'],
  [18, '18–24'],
] as const;

function toAgeBand(age: string): string {
  return BANDS.find(([from]) => Number(age) >= from)?.[1] ?? 'under 18';
}

/** The occupations of 1M by number, as its README names them; 100K has names instead of numbers. */
const OCCUPATIONS = [
  'other',
  'academic/educator',
  'artist',
  'clerical/admin',
  'college/grad student',
  'customer service',
  'doctor/health care',
  'executive/managerial',
  'farmer',
  'homemaker',
  'K-12 student',
  'lawyer',
  'programmer',
  'retired',
  'sales/marketing',
  'scientist',
  'self-employed',
  'technician/engineer',
  'tradesman/craftsman',
  'unemployed',
  'writer',
];

/** The fields of the line of each entity, by dense id. */
async function readEntities(
  location: FileLocation,
  { file, encoding, separator }: Omit<MovieFile, 'genres'>,
  ids: OriginalIds,
): Promise<(readonly string[] | undefined)[]> {
  const opened = await openZipEntry(location, file);
  const rows =
    separator === ',' ? await readMovieRows(opened) : splitLines(await readText(opened, encoding), separator);
  const dense = mapToDenseIds(ids);
  const found = new Array<readonly string[] | undefined>(ids.length).fill(undefined);
  for (const fields of rows) {
    const id = parseWholeNumber(fields[0]!);
    const entity = id === undefined ? undefined : dense.get(id);
    if (entity !== undefined) found[entity] = fields;
  }
  return found;
}

/** Id, title and genres of `movies.csv`. */
async function readMovieRows(file: SourceFile): Promise<string[][]> {
  const columns = await readColumns(file, {
    separator: ',',
    columns: {
      id: { column: 0, kind: 'text' },
      title: { column: 1, kind: 'text' },
      genres: { column: 2, kind: 'text' },
    },
  });
  const all = Object.values(columns);
  return Array.from(columns.id.codes, (_, row) => all.map(({ codes, texts }) => texts[codes[row]!]!));
}

function splitLines(text: string, separator: string): string[][] {
  return text.split(/\r?\n/).map((line) => line.split(separator));
}

function ignoreMissingFile(error: unknown): undefined {
  if (!(error instanceof RecsysError && error.code === 'missing-file')) throw error;
}
