import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { listFeatures } from '../fixtures.js';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import type { Catalogue } from '../types.js';
import { type TableOptions, table } from './table.js';
import type { TableItemFeatures } from './table-features.js';

const INTERACTIONS = 'user,item\nann,7\nbob,30\nann,5\n';
const MOVIES =
  'movieId,title,genres,country\n99,"Not rated",Drama,FR\n30,"Rows, three","Drama|Action ",\n7,Seven,,FR|US\n';

function createTable(folder: string, options: Partial<TableOptions>): ReturnType<typeof table> {
  const at = <T extends { path?: string }>(source: T | undefined) =>
    source && { ...source, path: join(folder, source.path!) };
  const [userFeatures, itemFeatures] = [at(options.userFeatures), at(options.itemFeatures)];
  return table({
    user: 'user',
    item: 'item',
    ...options,
    path: join(folder, 'log.csv'),
    ...(userFeatures && { userFeatures }),
    ...(itemFeatures && { itemFeatures }),
  });
}

async function load(files: Record<string, string | Uint8Array>, options: Partial<TableOptions>): Promise<Catalogue> {
  const folder = createTemporaryFolder({ 'log.csv': INTERACTIONS, ...files });
  return (await createTable(folder, options).load(loadFrom(folder))).catalogue;
}

async function loadMessage(movies: string, options: Partial<TableItemFeatures> = {}): Promise<string> {
  const folder = createTemporaryFolder({ 'log.csv': INTERACTIONS, 'movies.csv': movies });
  return catchMessage(
    createTable(folder, { itemFeatures: { path: 'movies.csv', id: 'movieId', features: ['genres'], ...options } }).load(
      loadFrom(folder),
    ),
    folder,
  );
}

describe('table, with features', () => {
  it('reads features and titles of the items that occur', async () => {
    const itemFeatures = { path: 'movies.csv', id: 'movieId', features: ['country', 'genres'], title: 'title' };
    const catalogue = await load({ 'movies.csv': MOVIES }, { itemFeatures });
    expect(catalogue.itemIds).toEqual(Int32Array.of(5, 7, 30));
    expect(catalogue.itemTitles).toEqual(['', 'Seven', 'Rows, three']);
    expect(catalogue.itemFeatures!.names).toEqual(['country=FR', 'country=US', 'genres=Action', 'genres=Drama']);
    expect(listFeatures(catalogue.itemFeatures)).toEqual([
      [],
      ['country=FR', 'country=US'],
      ['genres=Action', 'genres=Drama'],
    ]);
    expect(catalogue.userFeatures).toBeUndefined();
  });

  it('reads titles without features', async () => {
    const catalogue = await load(
      { 'movies.csv': MOVIES },
      { itemFeatures: { path: 'movies.csv', id: 'movieId', features: [], title: 'title' } },
    );
    expect(catalogue.itemTitles).toEqual(['', 'Seven', 'Rows, three']);
    expect(catalogue).not.toHaveProperty('itemFeatures');
  });

  it('reads features of users, from tsv, gzip and with other separators', async () => {
    const rows = ['name,age', 'bob,old', 'ann,young'].join('\n');
    for (const [path, content, options] of [
      ['users.csv', `\uFEFF${rows}`, {}],
      ['users.tsv', rows.replaceAll(',', '\t'), {}],
      ['users.tsv.gz', gzipSync(rows.replaceAll(',', '\t')), {}],
      ['users.txt', `${rows.replaceAll(',', '::').replaceAll('\n', '\r\n')}\r\n\r\n`, { separator: '::' }],
    ] as const) {
      const { userIds, userFeatures } = await load(
        { [path]: content },
        { userFeatures: { path, id: 'name', features: ['age'], ...options } },
      );
      expect(userIds).toEqual(['ann', 'bob']);
      expect(listFeatures(userFeatures)).toEqual([['age=young'], ['age=old']]);
    }
  });

  it('names a missing column in the error', async () => {
    expect(await loadMessage(MOVIES, { id: 'item' })).toMatchInlineSnapshot(
      `"movies.csv: expected a column "item", received the columns movieId, title, genres, country. Name one of these, or check the separator."`,
    );
    expect(await loadMessage(MOVIES, { features: ['genre'] })).toMatchInlineSnapshot(
      `"movies.csv: expected a column "genre", received the columns movieId, title, genres, country. Name one of these, or check the separator."`,
    );
  });

  it('names an id that occurs twice, and its lines', async () => {
    expect(await loadMessage('movieId,genres\n7,"a\nb"\n\n30,\n7,c\n')).toMatchInlineSnapshot(
      `"movies.csv (line 6, column movieId): expected each id once, received "7" again, first in line 2. Keep one row of each id."`,
    );
    expect(await loadMessage('movieId,genres\n99,a\n99,b\n')).toMatchInlineSnapshot(
      `"movies.csv (line 3, column movieId): expected each id once, received "99" again, first in line 2. Keep one row of each id."`,
    );
  });

  it('throws for a missing id, and if no id occurs in the interactions', async () => {
    expect(await loadMessage('movieId,genres\n7,a\n,b\n')).toMatchInlineSnapshot(
      `"movies.csv (line 3, column movieId): expected an id, received nothing. Remove the row or give it an id."`,
    );
    expect(await loadMessage('movieId,genres\n8,a\ntt7,b\n')).toMatchInlineSnapshot(
      `"movies.csv (column movieId): expected ids of the interactions, received none of them in 2 rows. Is it the right column?"`,
    );
  });

  it('names the line of a quoted field without an end', async () => {
    expect(await loadMessage('movieId,genres\n7,a\n30,"b\n5,c\n')).toMatchInlineSnapshot(
      `"movies.csv (line 3): expected matching quotation marks, received a quoted field without an end. Correct the row, or set quotes: false if quotation marks are characters like others."`,
    );
  });

  it('names a missing file in the error', async () => {
    expect(await loadMessage(MOVIES, { path: 'missing.csv' })).toMatchInlineSnapshot(
      `"missing.csv: expected a file at <folder>/missing.csv, received none. Check the path."`,
    );
  });

  it('throws for options without columns', () => {
    const features = (itemFeatures: TableItemFeatures) => () =>
      table({ path: 'log.csv', user: 'u', item: 'i', itemFeatures });
    expect(features({ path: '', id: 'id', features: ['genre'] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(itemFeatures.path): expected the path of a file, received "".]`,
    );
    expect(features({ path: 'movies.csv', id: 'id', features: [] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(itemFeatures.features): expected names of columns, received none.]`,
    );
    expect(features({ path: 'movies.csv', id: 'id', features: ['a', 'b', 'a'] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(itemFeatures.features): expected names of different columns, received a, b, a.]`,
    );
    expect(() =>
      table({ path: 'log.csv', user: 'u', item: 'i', userFeatures: { path: 'users.csv', id: 'id', features: [] } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(userFeatures.features): expected names of columns, received none.]`,
    );
  });
});
