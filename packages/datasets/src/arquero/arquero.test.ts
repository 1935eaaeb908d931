import { desc, table } from 'arquero';
import { describe, expect, it } from 'vitest';
import { buildFeatures } from '../features.js';
import { createInteractions } from '../fixtures.js';
import { fromTable } from './from-table.js';
import { toRecommendationTable } from './to-recommendation-table.js';
import { toTable } from './to-table.js';

const interactions = createInteractions([
  [1, 2, 50],
  [0, 0, 40, 3.5],
  [1, 1, 30],
]);
const columns = { rating: 'rating', timestamp: 'timestamp', title: 'title' } as const;

describe('toTable', () => {
  it('has original ids, titles, ratings and timestamps', () => {
    expect(toTable(interactions).objects()).toEqual([
      { user: 101, item: 20, title: 'Item 2', rating: 1, timestamp: 50 },
      { user: 100, item: 0, title: 'Item 0', rating: 3.5, timestamp: 40 },
      { user: 101, item: 10, title: 'Item 1', rating: 3, timestamp: 30 },
    ]);
  });

  it('has no columns that the interactions lack', () => {
    const { catalogue, users, items } = interactions;
    const { itemTitles: _, ...untitled } = catalogue;
    expect(toTable({ catalogue: untitled, users, items }).columnNames()).toEqual(['user', 'item']);
  });
});

const userFeatures = buildFeatures([{ name: 'age', values: [['old'], ['young']] }]);
const itemFeatures = buildFeatures([
  { name: 'genre', values: [['War', 'Drama'], [], ['Drama']] },
  { name: 'year', values: [['1995'], ['1996'], ['1995']] },
]);
const withFeatures = { ...interactions, catalogue: { ...interactions.catalogue, userFeatures, itemFeatures } };

describe('toTable, with features', () => {
  it('has a column for each named field', () => {
    const wide = toTable(withFeatures, { features: ['genre', 'age'] });
    expect(wide.columnNames().slice(-2)).toEqual(['genre', 'age']);
    expect([wide.array('genre'), wide.array('age')]).toEqual([
      ['Drama', 'Drama|War', ''],
      ['young', 'old', 'young'],
    ]);
    expect(toTable(withFeatures).columnNames()).not.toContain('genre');
  });

  it('lists the fields in the error for an unknown one', () => {
    expect(() => toTable(withFeatures, { features: ['gender'] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: toTable(features): expected fields among age, genre, year, received gender.]`,
    );
    expect(() => toTable(interactions, { features: ['gender'] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: toTable(features): expected no fields, since these interactions have no features, received gender.]`,
    );
  });
});

describe('fromTable', () => {
  it('is the inverse of toTable', () => expect(fromTable(toTable(interactions), columns)).toEqual(interactions));

  it('is the inverse of toTable for features, weights and partitions', () => {
    const more = { parts: Uint8Array.of(1, 0, 0), weights: Float32Array.of(0.5, 0, 2) };
    const { catalogue, ...rest } = fromTable(
      toTable({ ...withFeatures, ...more }, { features: ['age', 'genre', 'year'] }),
      {
        ...columns,
        part: 'part',
        weight: 'weight',
        userFeatures: ['age'],
        itemFeatures: ['genre', 'year'],
      },
    );
    expect({ ...rest, catalogue }).toEqual({ ...withFeatures, ...more });
  });

  it('accepts any table that gives columns by name', () => {
    const values: Record<string, unknown[]> = { user: [7n, 8, '7'], item: ['a', 'b', 'b'], count: [1, 2, 0] };
    const plain = { columnNames: () => Object.keys(values), array: (column: string) => values[column]! };
    const { catalogue, users, weights } = fromTable(plain, { weight: 'count' });
    expect([catalogue.userIds, users, weights]).toEqual([
      Int32Array.of(7, 8),
      Int32Array.of(0, 1, 0),
      Float32Array.of(1, 2, 0),
    ]);
  });

  it('refuses times of another unit, and converts those that are named', () => {
    const late = table({ user: [1], item: [1], when: [1546300800000] });
    expect(() => fromTable(late, { timestamp: 'when' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fromTable (index 0, column when): expected seconds since 1970, received 1546300800000. If these are milliseconds, set times: 'milliseconds'.]`,
    );
    expect(fromTable(late, { timestamp: 'when', times: 'milliseconds' }).timestamps).toEqual(
      Float64Array.of(1546300800),
    );
  });

  it('respects the order and the filter of the table', () => {
    const { users, timestamps, catalogue } = fromTable(
      toTable(interactions)
        .filter((row: { item: number }) => row.item > 0)
        .orderby('timestamp'),
      columns,
    );
    expect([[...users], [...timestamps!], [...catalogue.itemIds]]).toEqual([
      [0, 0],
      [30, 50],
      [10, 20],
    ]);
    expect(fromTable(toTable(interactions).orderby(desc('user'))).users).toEqual(Int32Array.of(1, 1, 0));
  });

  it('accepts texts, large numbers and dates', () => {
    const { catalogue, users, items, timestamps } = fromTable(
      table({ who: ['b', 'a', 'b'], what: [2 ** 40, 7, 7], when: [0, 1, 2].map((second) => new Date(second * 1000)) }),
      { user: 'who', item: 'what', timestamp: 'when' },
    );
    expect([...users, ...items, ...timestamps!]).toEqual([1, 0, 1, 1, 0, 0, 0, 1, 2]);
    expect(catalogue).toEqual({
      userCount: 2,
      itemCount: 2,
      userIds: ['a', 'b'],
      itemIds: Float64Array.of(7, 2 ** 40),
    });
  });

  it('names a missing column and an invalid value in the error', () => {
    const broken = table({ user: [1, 2.5], item: ['x', null], rating: [1, Number.NaN], good: [1, 2], fine: [1, 2] });
    expect(() => fromTable(broken, { user: 'userId' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fromTable: expected a column "userId", received user, item, rating, good, fine. Name the columns of the table.]`,
    );
    expect(() => fromTable(broken, { item: 'good' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fromTable (index 1, column user): expected an id (a whole number from 0, or text), received 2.5. Is this the right column?]`,
    );
    expect(() => fromTable(broken, { user: 'good' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fromTable (index 1, column item): expected an id, received null. Remove the row or give it an id.]`,
    );
    expect(() =>
      fromTable(broken, { user: 'good', item: 'fine', rating: 'rating' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fromTable (index 1, column rating): expected a finite number, received NaN. Correct the row or remove it.]`,
    );
  });
});

describe('toRecommendationTable', () => {
  const recommendations = {
    ann: [
      { item: 7, title: 'Seven', score: 0.5, rating: 4 },
      { item: 3, title: '', score: 0.25, rating: 3.5 },
    ],
    bob: [],
    cem: [{ item: 3, title: '', score: 2, rating: 5 }],
  } as const;
  const users = ['ann', 'bob', 'cem'] as const;

  it('has one row per recommendation, best first', async () => {
    const rows = await toRecommendationTable(users, async (user) => recommendations[user]);
    expect(rows.objects()).toEqual([
      { user: 'ann', rank: 1, item: 7, title: 'Seven', score: 0.5, rating: 4 },
      { user: 'ann', rank: 2, item: 3, title: '', score: 0.25, rating: 3.5 },
      { user: 'cem', rank: 1, item: 3, title: '', score: 2, rating: 5 },
    ]);
  });

  it('has no columns for titles and ratings that do not exist', async () => {
    const rows = await toRecommendationTable([1, 2], () => [{ item: 'a', score: 1 }]);
    expect(rows.columnNames()).toEqual(['user', 'rank', 'item', 'score']);
    expect((await toRecommendationTable([1], () => [])).numRows()).toBe(0);
  });

  it('leads from a wrangled table to a table of recommendations', async () => {
    const ratings = table({ user: ['a', 'a', 'b', 'c', 'c'], item: [1, 2, 1, 1, 3] });
    const active = ratings.groupby('user').filter('count() >= 2').ungroup();
    const { catalogue } = fromTable(active);
    expect(catalogue.userIds).toEqual(['a', 'c']);
    const items = Array.from(catalogue.itemIds as Int32Array, (item) => ({ item, score: -item }));
    const top = await toRecommendationTable(catalogue.userIds as readonly string[], () => items.slice(0, 1));
    expect(top.join(ratings.groupby('item').count(), 'item').objects()).toEqual([
      { user: 'a', rank: 1, item: 1, score: -1, count: 3 },
      { user: 'c', rank: 1, item: 1, score: -1, count: 3 },
    ]);
  });
});
