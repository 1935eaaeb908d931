import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions, listPairs, needsMl100k, withoutMl100k } from '../fixtures.js';
import { movielens } from '../sources/movielens.js';
import { publishedSplit } from '../splits/published-split.js';
import { describeFilter } from '../testing/describe-filter.js';
import { minimumRating } from './minimum-rating.js';
import { sortByItem } from './sort-by-item.js';

describeFilter('sortByItem', sortByItem(), { order: 'own', catalogue: 'whole' });
describeFilter("sortByItem({ order: 'source' })", sortByItem({ order: 'source' }), {
  order: 'own',
  catalogue: 'whole',
  rows: 'source',
});

const interactions = {
  ...createInteractions([
    [4, 2],
    [0, 1],
    [1, 2],
    [3, 0],
    [2, 1],
    [0, 2],
  ]),
  parts: Uint8Array.of(0, 0, 1, 0, 1, 1),
};

describe('sortByItem', () => {
  it('groups the rows of an item in all columns, items by first appearance', () => {
    const { users, items, ratings, timestamps, parts } = sortByItem({ order: 'source' }).apply(interactions);
    expect([...items]).toEqual([2, 2, 2, 1, 1, 0]);
    expect([...users]).toEqual([4, 1, 0, 0, 2, 3]);
    expect([...timestamps!]).toEqual([0, 2, 5, 1, 4, 3]); // the original row numbers
    expect([...ratings!]).toEqual([1, 3, 1, 2, 5, 4]); // 1 + row mod 5
    expect([...parts!]).toEqual([0, 1, 1, 0, 1, 0]);
  });

  it('sorts items by original id and their rows by user, by default', () => {
    const { users, items } = sortByItem().apply(interactions);
    expect([...items]).toEqual([0, 1, 1, 2, 2, 2]);
    expect([...users]).toEqual([3, 0, 2, 0, 1, 4]);
  });

  it('accepts interactions without rows', () => {
    expect(sortByItem().apply(createInteractions([], { userCount: 2, itemCount: 3 })).users).toHaveLength(0);
  });
});

describe.skipIf(withoutMl100k)(`sortByItem of MovieLens 100K${needsMl100k}`, () => {
  it('has the order and the numbers of positives of the triplet lab', async () => {
    const all = await movielens('100k', { publishedSplit: 'ua' }).load({ rng: createRng(1) });
    const grouped = sortByItem({ order: 'source' }).apply(all);
    expect(listPairs(grouped).slice(0, 5)).toEqual([1, 2, 6, 10, 13].map((user) => [user, 1]));
    const { train, test } = publishedSplit({ order: 'source' }).split(
      minimumRating({ rating: 4, catalogue: 'whole' }).apply(grouped),
      createRng(1),
    );
    expect([train.users.length, test.targets.users.length]).toEqual([49_906, 5_469]);
  });
});
