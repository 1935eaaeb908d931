import { desc, table } from 'arquero';
import { describe, expect, it } from 'vitest';
import { buildFeatures } from '../features.js';
import { createInteractions } from '../fixtures.js';
import { fromTable } from './from-table.js';
import { toTable } from './to-table.js';

const interactions = createInteractions([
  [1, 2, 50],
  [0, 0, 40, 3.5],
  [1, 1, 30],
]);
const columns = { rating: 'rating', timestamp: 'timestamp', title: 'title' };

describe('toTable', () => {
  it('has the original ids, titles, ratings and times', () => {
    expect(toTable(interactions).objects()).toEqual([
      { user: 101, item: 20, title: 'Item 2', rating: 1, timestamp: 50 },
      { user: 100, item: 0, title: 'Item 0', rating: 3.5, timestamp: 40 },
      { user: 101, item: 10, title: 'Item 1', rating: 3, timestamp: 30 },
    ]);
  });

  it('leaves out what the interactions do not have', () => {
    const { catalogue, users, items } = interactions;
    const { itemTitles: _, ...untitled } = catalogue;
    expect(toTable({ catalogue: untitled, users, items }).columnNames()).toEqual(['user', 'item']);
  });
});

describe('toTable, with features', () => {
  const { catalogue } = interactions;
  const userFeatures = buildFeatures([{ name: 'age', values: [['old'], ['young']] }]);
  const itemFeatures = buildFeatures([
    { name: 'genre', values: [['War', 'Drama'], [], ['Drama']] },
    { name: 'year', values: [['1995'], ['1996'], ['1995']] },
  ]);
  const told = { ...interactions, catalogue: { ...catalogue, userFeatures, itemFeatures } };

  it('makes a column of each field that is named', () => {
    const wide = toTable(told, { features: ['genre', 'age'] });
    expect(wide.columnNames().slice(-2)).toEqual(['genre', 'age']);
    expect([wide.array('genre'), wide.array('age')]).toEqual([
      ['Drama', 'Drama|War', ''],
      ['young', 'old', 'young'],
    ]);
    expect(toTable(told).columnNames()).not.toContain('genre');
  });

  it('says which fields there are', () => {
    expect(() => toTable(told, { features: ['gender'] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: toTable(features): expected some of age, genre, year, received gender.]`,
    );
    expect(() => toTable(interactions, { features: ['gender'] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: toTable(features): expected no fields: these data tell none, received gender.]`,
    );
  });
});

describe('fromTable', () => {
  it('gives back what toTable took', () => expect(fromTable(toTable(interactions), columns)).toEqual(interactions));

  it('follows the order and the filter of the table', () => {
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

  it('takes texts, large numbers and dates', () => {
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

  it('says which column is missing and which value is wrong', () => {
    const broken = table({ user: [1, 2.5], item: ['x', null], rating: [1, Number.NaN], good: [1, 2] });
    expect(() => fromTable(broken, { user: 'userId' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fromTable: expected a column "userId", received user, item, rating, good. Name the columns of the table.]`,
    );
    expect(() => fromTable(broken, { item: 'good' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fromTable(user): expected a whole number from 0 as id, received 2.5 in row 1.]`,
    );
    expect(() => fromTable(broken, { user: 'good' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fromTable(item): expected a text as id, received null in row 1.]`,
    );
    expect(() =>
      fromTable(broken, { user: 'good', item: 'good', rating: 'rating' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fromTable(rating): expected a finite number, received NaN in row 1.]`,
    );
  });
});
