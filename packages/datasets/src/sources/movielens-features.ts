import { RecsysError } from '@footlight/core';
import Papa from 'papaparse';
import { buildFeatures } from '../features.js';
import { mapToDenseIds } from '../readers/number-ids.js';
import { openZipEntry, readText } from '../readers/source-file.js';
import type { Catalogue, OriginalIds } from '../types.js';

// What MovieLens tells of films and people, in its three layouts.

/** The list of films: id, title and, from the third field on, what the layout says of it. */
export interface MovieFile {
  readonly file: string;
  readonly encoding: 'utf-8' | 'latin1';
  readonly separator: string;
  /** The file with the names of the genres, where films have a flag for each; a sample may lack it. Absent: the third field names them, with `|` between. */
  readonly genres?: string;
}

/** The list of people: id, then these fields. */
export interface UserFile {
  readonly file: string;
  readonly separator: string;
  readonly order: readonly ('age' | 'gender' | 'occupation')[];
}

/** Titles and features by dense id; '' and none for films that the archive does not list. */
export async function readMovies(
  path: string,
  { file, encoding, separator, genres }: MovieFile,
  itemIds: OriginalIds,
): Promise<Required<Pick<Catalogue, 'itemTitles' | 'itemFeatures'>>> {
  const names = genres === undefined ? undefined : ((await readGenres(path, genres).catch(ignoreMissingFile)) ?? []);
  const films = await readEntities(path, { file, encoding, separator }, itemIds);
  const field = (name: string, of: (film: readonly string[]) => string[]) => ({
    name,
    values: films.map((film) => (film ? of(film) : [])),
  });
  return {
    itemTitles: films.map((film) => film?.[1] ?? ''),
    itemFeatures: buildFeatures([
      field(
        'genre',
        names
          ? (film) => names.filter((_, at) => film[FIRST_FLAG + at] === '1')
          : ([, , listed]) => parseGenres(listed),
      ),
      field('year', ([, title, released]) => parseYear(title, names && released)),
    ]),
  };
}

/** Age, gender and occupation by dense id. A sample may come without the list of people. */
export async function readUsers(
  path: string,
  { file, separator, order }: UserFile,
  userIds: OriginalIds,
): Promise<Pick<Catalogue, 'userFeatures'>> {
  const people = await readEntities(path, { file, encoding: 'latin1', separator }, userIds).catch(ignoreMissingFile);
  if (!people) return {};
  const field = (name: UserFile['order'][number], of: (text: string) => string) => {
    const at = 1 + order.indexOf(name);
    return { name, values: people.map((person) => (person?.[at] ? [of(person[at])] : [])) };
  };
  const fields = [
    field('age', toAgeBand),
    field('gender', (letter) => letter),
    field('occupation', (text) => OCCUPATIONS[Number(text)] ?? text),
  ];
  return { userFeatures: buildFeatures(fields) };
}

/** After number, title, date of release, date on video, address. */
const FIRST_FLAG = 5;

/** The file has `Action|1` and so on, from 0 and without gaps. */
async function readGenres(path: string, file: string): Promise<string[]> {
  const text = await readText(await openZipEntry(path, file), 'latin1');
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

/** The ages at which 1M's bands begin; it writes a band as its first age, the youngest as 1. */
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

/** 1M's occupations by number, as its README names them; 100K names its own. */
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

/** The fields of each entity's line, by dense id. */
async function readEntities(
  path: string,
  { file, encoding, separator }: Omit<MovieFile, 'genres'>,
  ids: OriginalIds,
): Promise<(readonly string[] | undefined)[]> {
  const text = await readText(await openZipEntry(path, file), encoding);
  const dense = mapToDenseIds(ids);
  const found = new Array<readonly string[] | undefined>(ids.length).fill(undefined);
  const rows =
    separator === ',' ? Papa.parse<string[]>(text).data : text.split(/\r?\n/).map((line) => line.split(separator));
  for (const fields of rows) {
    const entity = dense.get(Number(fields[0]));
    if (entity !== undefined) found[entity] = fields;
  }
  return found;
}

function ignoreMissingFile(error: unknown): undefined {
  if (!(error instanceof RecsysError && error.code === 'missing-file')) throw error;
}
