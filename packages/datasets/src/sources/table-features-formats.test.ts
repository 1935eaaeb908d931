import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { listFeatures } from '../fixtures.js';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import type { Catalogue } from '../types.js';
import { table } from './table.js';
import type { TableItemFeatures } from './table-features.js';

// Written by tooling/fixtures/parquet.py.
const movies = fileURLToPath(new URL('../../fixtures/movies.parquet', import.meta.url));

async function load(source: string, options: Partial<TableItemFeatures>): Promise<Catalogue> {
  const folder = createTemporaryFolder({ 'log.csv': 'user,item\nann,7\nbob,30\nann,5\n', 'movies.jsonl': source });
  const path = source === movies ? movies : join(folder, 'movies.jsonl');
  const itemFeatures = { id: 'movieId', features: ['genres', 'country', 'year', 'good'], ...options, path };
  const dataset = table({ path: join(folder, 'log.csv'), user: 'user', item: 'item', itemFeatures });
  return (await dataset.load(loadFrom(folder))).catalogue;
}

const message = (source: string, options: Partial<TableItemFeatures> = {}) => catchMessage(load(source, options));

const lines = [
  '{"movieId":99,"title":"Not rated","genres":["Drama"],"country":"FR","year":1999,"good":true}',
  '{"movieId":"30","title":"Rows, three","genres":["Drama","Action"],"country":null,"year":2001,"good":false}',
  '',
  '{"movieId":7,"country":"FR|US","year":null}',
].join('\n');

describe('table, with features in other formats', () => {
  it.each([
    ['JSON lines', lines],
    ['Parquet', movies],
  ])('reads lists, texts, numbers and booleans of %s', async (_, source) => {
    const catalogue = await load(source, { title: 'title' });
    expect(catalogue.itemIds).toEqual(Int32Array.of(5, 7, 30));
    expect(catalogue.itemTitles).toEqual(['', '', 'Rows, three']);
    expect(listFeatures(catalogue.itemFeatures)).toEqual([
      [],
      ['country=FR', 'country=US'],
      ['genres=Action', 'genres=Drama', 'year=2001', 'good=false'],
    ]);
  });

  it('names the line or row and the column of the first value that does not fit', async () => {
    expect(await message('{"movieId":7,"genres":{"a":1}}', { features: ['genres'] })).toMatchInlineSnapshot(
      `"movies.jsonl (line 1, column genres): expected a text, a number, true or false, or a list of these, received an object. Correct the row or remove it."`,
    );
    expect(await message('{"movieId":7,"genres":["a",null]}', { features: ['genres'] })).toMatchInlineSnapshot(
      `"movies.jsonl (line 1, column genres): expected a text, a number, true or false, or a list of these, received null. Correct the row or remove it."`,
    );
    expect(await message('{"movieId":7.5,"genres":"a"}', { features: ['genres'] })).toMatchInlineSnapshot(
      `"movies.jsonl (line 1, column movieId): expected an id (a whole number from 0, or text), received 7.5. Is this the right column?"`,
    );
    expect(await message('{"movieId":7,"a":1}\n{"movieId":"7","a":1}', { features: ['a'] })).toMatchInlineSnapshot(
      `"movies.jsonl (line 2, column movieId): expected each id once, received "7" again, first in line 1. Keep one row of each id."`,
    );
    expect(await message('{"movieId":"007","a":1}', { features: ['a'] })).toMatchInlineSnapshot(
      `"movies.jsonl (line 1, column movieId): expected the id "7" of the interactions, received "007". Spell ids alike in both files."`,
    );
    expect(await message('{"movieId":7,"a":["A","B"]}', { features: [], title: 'a' })).toMatchInlineSnapshot(
      `"movies.jsonl (line 1, column a): expected one title, received a list. Correct the row or remove it."`,
    );
    expect(await message(lines, { features: ['genre'] })).toMatchInlineSnapshot(
      `"movies.jsonl: expected a column "genre", received the columns movieId, title, genres, country, year, good. Name one of these, or check the separator."`,
    );
    expect(await message(`[${lines}]`)).toMatchInlineSnapshot(
      `"movies.jsonl (line 1): expected a JSON object, received a JSON array ([{"movieId":99,"title":"Not rated","genr…). Write one object per line, e.g. with jq -c '.[]'."`,
    );
    expect(await message(movies, { features: ['studio'] })).toMatchInlineSnapshot(
      `"movies.parquet (row 1, column studio): expected a text, a number, true or false, or a list of these, received an object. Correct the row or remove it."`,
    );
    expect(await message(movies, { features: ['added'] })).toMatchInlineSnapshot(
      `"movies.parquet (column added): expected texts, numbers or lists of them, received times. Write them as text, e.g. the year."`,
    );
    expect(await message(movies, { features: ['genre'] })).toMatchInlineSnapshot(
      `"movies.parquet: expected a column "genre", received the columns movieId, title, genres, country, year, good, added, studio. Name one of these, or check the separator."`,
    );
    expect(await message(movies, { features: ['year'], title: 'genres' })).toMatchInlineSnapshot(
      `"movies.parquet (row 2, column genres): expected one title, received a list. Correct the row or remove it."`,
    );
    expect(await message(movies, { features: ['year'], format: 'csv' })).toMatchInlineSnapshot(
      `"movies.parquet: expected a text file with a table, received a Parquet file. Set format: 'parquet', or let its name end in .parquet."`,
    );
  });

  it('refuses options of other formats', () => {
    const create = (options: Partial<TableItemFeatures>) => () =>
      table({
        ...{ path: 'log.csv', user: 'u', item: 'i' },
        itemFeatures: { path: 'movies.parquet', id: 'id', features: ['year'], ...options },
      });
    expect(create({ separator: ';' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(itemFeatures.separator): expected a csv file, received parquet.]`,
    );
    expect(create({ quotes: true })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(itemFeatures.quotes): expected a csv or tsv file, received parquet.]`,
    );
    expect(create({ encoding: 'latin1' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(itemFeatures.encoding): expected a text file, received parquet.]`,
    );
    expect(create({ format: 'json-lines', separator: ';' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(itemFeatures.separator): expected a csv file, received json-lines.]`,
    );
  });
});
