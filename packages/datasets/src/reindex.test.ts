import { describe, expect, it } from 'vitest';
import { buildFeatures, readFeatureNames } from './features.js';
import { createInteractions } from './fixtures.js';
import { reindex, renumber } from './reindex.js';

// Users 1 and 4 of 5, items 5 and 2 of 7.
const gaps = createInteractions(
  [
    [4, 2],
    [1, 5],
    [4, 5],
  ],
  { userCount: 5, itemCount: 7 },
);

describe('reindex', () => {
  it('removes ids without interactions and keeps the order of original ids and titles', () => {
    const { catalogue, users, items, timestamps } = reindex(gaps);
    expect(catalogue).toEqual({
      userCount: 2,
      itemCount: 2,
      userIds: Int32Array.of(101, 104),
      itemIds: Int32Array.of(20, 50),
      itemTitles: ['Item 2', 'Item 5'],
    });
    expect([[...users], [...items]]).toEqual([
      [1, 0, 1],
      [0, 1, 1],
    ]);
    expect(timestamps).toBe(gaps.timestamps);
  });

  it('keeps features with their users and items', () => {
    const userFeatures = buildFeatures([{ name: 'user', values: [0, 1, 2, 3, 4].map((user) => [`${user}`]) }]);
    const itemFeatures = buildFeatures([
      { name: 'item', values: [0, 1, 2, 3, 4, 5, 6].map((item) => [`${item}`, `${item % 2}`]) },
    ]);
    const { catalogue } = reindex({ ...gaps, catalogue: { ...gaps.catalogue, userFeatures, itemFeatures } });
    expect([0, 1].map((user) => readFeatureNames(catalogue.userFeatures!, user))).toEqual([['user=1'], ['user=4']]);
    expect([0, 1].map((item) => readFeatureNames(catalogue.itemFeatures!, item))).toEqual([
      ['item=0', 'item=2'],
      ['item=1', 'item=5'],
    ]);
  });

  it('returns its argument if every id occurs', () => {
    const dense = reindex(gaps);
    expect(reindex(dense)).toBe(dense);
  });
});

describe('renumber', () => {
  it('numbers in the given order for all kinds of original ids', () => {
    const { catalogue } = gaps;
    const named = {
      ...gaps,
      catalogue: {
        ...catalogue,
        userIds: ['a', 'b', 'c', 'd', 'e'],
        itemIds: Float64Array.from(catalogue.itemIds, Number),
      },
    };
    const { catalogue: after, users, items } = renumber(named, Int32Array.of(4, 1), Int32Array.of(5, 0, 2));
    expect(after.userIds).toEqual(['e', 'b']);
    expect(after.itemIds).toEqual(Float64Array.of(50, 0, 20));
    expect([[...users], [...items]]).toEqual([
      [0, 1, 0],
      [2, 0, 0],
    ]);
  });

  it('returns −1 for ids that are not listed', () => {
    const { users, items } = renumber(gaps, Int32Array.of(4), Int32Array.of(5));
    expect([[...users], [...items]]).toEqual([
      [0, -1, 0],
      [-1, 0, 0],
    ]);
  });
});
