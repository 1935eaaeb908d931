import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fingerprintInteractions } from '../canonical/fingerprint-interactions.js';
import { listFeatures } from '../fixtures.js';
import { catchMessage, createTemporaryFolder, loadFrom } from '../temporary-folder.fixture.js';
import { type ItemFeaturesOptions, itemFeatures, userFeatures } from './entity-features.js';
import { rows } from './rows.js';
import { table } from './table.js';

const dataset = rows(
  [
    ['ann', 7],
    ['bob', 30],
    ['ann', 5],
  ] as const,
  { user: 0, item: 1 },
);
const MOVIES = 'movieId,title,genres\n99,Unknown,Drama\n30,Thirty,Drama|Action\n7,Seven,\n';
const PEOPLE = 'name,country\nbob,FR\nann,US\n';

async function load(movies: string, options: Partial<ItemFeaturesOptions> = {}) {
  const folder = createTemporaryFolder({ 'movies.csv': movies, 'people.csv': PEOPLE });
  const given = { path: join(folder, 'movies.csv'), id: 'movieId', features: ['genres'], ...options };
  const items = itemFeatures(dataset, given);
  const all = userFeatures(items, { path: join(folder, 'people.csv'), id: 'name', features: ['country'] });
  return { folder, all, interactions: await all.load(loadFrom(folder)) };
}
const refuse = (movies: string, options: Partial<ItemFeaturesOptions> = {}) =>
  load(movies, options).then(String, (error: Error) => error.message);

describe('userFeatures and itemFeatures', () => {
  it('add features and titles to any dataset, by original ids, and count rows', async () => {
    const counts: unknown[] = [];
    const { interactions } = await load(MOVIES, { title: 'title', onCounts: (each) => counts.push(each) });
    const { catalogue } = interactions;
    expect(catalogue.itemIds).toEqual(Int32Array.of(5, 7, 30));
    expect(catalogue.itemTitles).toEqual(['', 'Seven', 'Thirty']);
    expect(listFeatures(catalogue.itemFeatures)).toEqual([[], [], ['genres=Action', 'genres=Drama']]);
    expect(listFeatures(catalogue.userFeatures)).toEqual([['country=US'], ['country=FR']]);
    expect(counts).toEqual([{ found: 2, missing: 1, unknown: 1 }]);
  });

  it('are those of the options of table', async () => {
    const folder = createTemporaryFolder({ 'movies.csv': MOVIES, 'log.csv': 'u,i\nann,7\nbob,30\nann,5\n' });
    const options = { path: join(folder, 'movies.csv'), id: 'movieId', features: ['genres'], title: 'title' };
    const file = { path: join(folder, 'log.csv'), user: 'u', item: 'i' };
    const inside = await table({ ...file, itemFeatures: options }).load(loadFrom(folder));
    expect(await itemFeatures(table(file), options).load(loadFrom(folder))).toEqual(inside);
  });

  it('belong to the fingerprint of the catalogue, whatever the order of the rows', async () => {
    const read = async (movies: string) => fingerprintInteractions((await load(movies)).interactions);
    const one = await read(MOVIES);
    const [header, first, ...rest] = MOVIES.trimEnd().split('\n');
    expect(await read([header, ...rest, first].join('\n'))).toEqual(one);
    const other = await read(MOVIES.replace('Drama|Action', 'Drama|Comedy'));
    expect(other.fingerprint).toBe(one.fingerprint);
    expect(other.catalogueFingerprint).not.toBe(one.catalogueFingerprint);
  });

  it('are refused where the file and the dataset do not fit together', async () => {
    expect([
      await refuse('movieId,genres\n1,Drama\n'),
      await refuse('movieId,genres\n7,Drama\n7,Action\n'),
      await refuse('movieId,genres\n7\n'),
      await refuse('movieId,genre\n7,Drama\n'),
      await refuse('movieId,genres\n007,Drama\n'),
      await refuse(MOVIES, { features: [] }),
    ]).toMatchInlineSnapshot(`
      [
        "movies.csv (column movieId): expected ids of the interactions, received none of them in 1 rows. Is it the right column?",
        "movies.csv (line 3, column movieId): expected each id once, received "7" again, first in line 2. Keep one row of each id.",
        "movies.csv (line 2, column movieId): expected 2 columns, received 1. Is the line cut off?",
        "movies.csv: expected a column "genres", received the columns movieId, genre. Name one of these, or check the separator.",
        "movies.csv (line 2, column movieId): expected the id "7" of the interactions, received "007". Spell ids alike in both files.",
        "itemFeatures(features): expected names of columns, received none.",
      ]
    `);
  });

  it('refuse a dataset that has features already', async () => {
    const { folder, all } = await load(MOVIES);
    const options = { path: join(folder, 'movies.csv'), id: 'movieId', features: ['genres'] };
    expect(await catchMessage(itemFeatures(all, options).load(loadFrom(folder)), folder)).toMatchInlineSnapshot(
      `"itemFeatures: expected a dataset without itemFeatures, received in-memory(rows), which has some. Leave one of them out."`,
    );
    const titled = itemFeatures(all, { ...options, features: [], title: 'title' });
    expect((await titled.load(loadFrom(folder))).catalogue.itemTitles).toEqual(['', 'Seven', 'Thirty']);
  });
});
