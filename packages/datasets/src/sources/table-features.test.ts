import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFeatureNames } from '../features.js';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import type { Catalogue, Features } from '../types.js';
import { type TableOptions, table } from './table.js';
import type { TableItemFeatures } from './table-features.js';

const LOG = 'user,item\nann,7\nbob,30\nann,5\n';
const FILMS =
  'movieId,title,genres,country\n99,"Nobody saw",Drama,FR\n30,"Rows, three","Drama|Action ",\n7,Seven,,FR|US\n';

function tableOf(folder: string, options: Partial<TableOptions>): ReturnType<typeof table> {
  const at = <T extends { path: string }>(source: T | undefined) =>
    source && { ...source, path: join(folder, source.path) };
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
  const folder = createTemporaryFolder({ 'log.csv': LOG, ...files });
  return (await tableOf(folder, options).load(loadFrom(folder))).catalogue;
}

async function failing(films: string, options: Partial<TableItemFeatures> = {}): Promise<string> {
  const folder = createTemporaryFolder({ 'log.csv': LOG, 'films.csv': films });
  return catchMessage(
    tableOf(folder, { itemFeatures: { path: 'films.csv', id: 'movieId', features: ['genres'], ...options } }).load(
      loadFrom(folder),
    ),
    folder,
  );
}

const told = (features: Features | undefined): string[][] =>
  Array.from(features!.offsets.subarray(1), (_, entity) => readFeatureNames(features!, entity));

describe('table, with features', () => {
  it('takes features and titles of the items that occur', async () => {
    const itemFeatures = { path: 'films.csv', id: 'movieId', features: ['country', 'genres'], title: 'title' };
    const catalogue = await load({ 'films.csv': FILMS }, { itemFeatures });
    expect(catalogue.itemIds).toEqual(Int32Array.of(5, 7, 30));
    expect(catalogue.itemTitles).toEqual(['', 'Seven', 'Rows, three']);
    expect(catalogue.itemFeatures!.names).toEqual(['country=FR', 'country=US', 'genres=Action', 'genres=Drama']);
    expect(told(catalogue.itemFeatures)).toEqual([[], ['country=FR', 'country=US'], ['genres=Action', 'genres=Drama']]);
    expect(catalogue.userFeatures).toBeUndefined();
  });

  it('takes titles alone', async () => {
    const catalogue = await load(
      { 'films.csv': FILMS },
      { itemFeatures: { path: 'films.csv', id: 'movieId', features: [], title: 'title' } },
    );
    expect(catalogue.itemTitles).toEqual(['', 'Seven', 'Rows, three']);
    expect(catalogue).not.toHaveProperty('itemFeatures');
  });

  it('takes features of users, from tsv, gzip and other separators', async () => {
    const rows = ['name,age', 'bob,old', 'ann,young'].join('\n');
    for (const [path, content, options] of [
      ['people.csv', `\uFEFF${rows}`, {}],
      ['people.tsv', rows.replaceAll(',', '\t'), {}],
      ['people.tsv.gz', gzipSync(rows.replaceAll(',', '\t')), {}],
      ['people.txt', `${rows.replaceAll(',', '::').replaceAll('\n', '\r\n')}\r\n\r\n`, { separator: '::' }],
    ] as const) {
      const { userIds, userFeatures } = await load(
        { [path]: content },
        { userFeatures: { path, id: 'name', features: ['age'], ...options } },
      );
      expect(userIds).toEqual(['ann', 'bob']);
      expect(told(userFeatures)).toEqual([['age=young'], ['age=old']]);
    }
  });

  it('says in its protocol what it takes', () => {
    const dataset = tableOf('/home/me', {
      userFeatures: { path: 'people.csv', id: 'name', features: ['age'] },
      itemFeatures: { path: 'films.csv', id: 'movieId', features: ['genres'], separator: ';', title: 'title' },
    });
    expect(dataset.protocol).toEqual({
      source: 'table',
      file: 'log.csv',
      user: 'user',
      item: 'item',
      format: 'csv',
      separator: ',',
      userFeatures: { file: 'people.csv', id: 'name', features: ['age'] },
      itemFeatures: { file: 'films.csv', id: 'movieId', features: ['genres'], separator: ';', title: 'title' },
    });
  });

  it('says which column is missing', async () => {
    expect(await failing(FILMS, { id: 'item' })).toMatchInlineSnapshot(
      `"films.csv: expected a column "item", received the columns movieId, title, genres, country. Name one of these, or check the separator."`,
    );
    expect(await failing(FILMS, { features: ['genre'] })).toMatchInlineSnapshot(
      `"films.csv: expected a column "genre", received the columns movieId, title, genres, country. Name one of these, or check the separator."`,
    );
  });

  it('says which id comes twice, counting the lines of the file', async () => {
    expect(await failing('movieId,genres\n7,"a\nb"\n\n30,\n7,c\n')).toMatchInlineSnapshot(
      `"films.csv (line 6, column movieId): expected each id once, received "7" again, first in line 2. Keep one row of each id."`,
    );
    expect(await failing('movieId,genres\n99,a\n99,b\n')).toMatchInlineSnapshot(
      `"films.csv (line 3, column movieId): expected each id once, received "99" again, first in line 2. Keep one row of each id."`,
    );
  });

  it('says where an id is missing, and if none is known', async () => {
    expect(await failing('movieId,genres\n7,a\n,b\n')).toMatchInlineSnapshot(
      `"films.csv (line 3, column movieId): expected an id, received nothing. Remove the row or give it an id."`,
    );
    expect(await failing('movieId,genres\n8,a\ntt7,b\n')).toMatchInlineSnapshot(
      `"films.csv (column movieId): expected ids of the interactions, received none of them in 2 rows. Is it the right column?"`,
    );
  });

  it('says where quotation marks do not match', async () => {
    expect(await failing('movieId,genres\n7,a\n30,"b\n5,c\n')).toMatchInlineSnapshot(
      `"films.csv (line 3): expected fields whose quotation marks match, received one that goes on. Correct the row."`,
    );
  });

  it('says that the file is missing', async () => {
    expect(await failing(FILMS, { path: 'movies.csv' })).toMatchInlineSnapshot(
      `"movies.csv: expected a file at <folder>/movies.csv, received none. Check the path."`,
    );
  });

  it('refuses what names no column', () => {
    const features = (itemFeatures: TableItemFeatures) => () =>
      table({ path: 'log.csv', user: 'u', item: 'i', itemFeatures });
    expect(features({ path: '', id: 'id', features: ['genre'] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(itemFeatures.path): expected the path of a file, received "".]`,
    );
    expect(features({ path: 'films.csv', id: 'id', features: [] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(itemFeatures.features): expected names of columns, received none.]`,
    );
    expect(features({ path: 'films.csv', id: 'id', features: ['a', 'b', 'a'] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(itemFeatures.features): expected names of different columns, received a, b, a.]`,
    );
    expect(() =>
      table({ path: 'log.csv', user: 'u', item: 'i', userFeatures: { path: 'people.csv', id: 'id', features: [] } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: table(userFeatures.features): expected names of columns, received none.]`,
    );
  });
});
