import { describe, expect, it } from 'vitest';
import { createInteractions, listPairs } from '../fixtures.js';
import { describeFilter } from '../testing/describe-filter.js';
import { minimumCounts } from './minimum-counts.js';

describeFilter('minimumCounts', minimumCounts({ users: 7, items: 11 }));
describeFilter('minimumCounts, items then users', minimumCounts({ users: 7, items: 11, mode: 'items-then-users' }));

// Users 0, 1, 2 have 3, 2, 1 interactions; items 0, 1, 2 have 3, 2, 1.
const interactions = createInteractions([
  [0, 0],
  [0, 1],
  [0, 2],
  [1, 0],
  [1, 1],
  [2, 0],
]);

describe('minimumCounts', () => {
  it('counts users and items before removal, and only once', () => {
    expect(listPairs(minimumCounts({ users: 2, items: 3 }).apply(interactions))).toEqual([
      [100, 0],
      [101, 0], // one of the two interactions of user 101
    ]);
  });

  it('counts users after rare items were removed', () => {
    expect(listPairs(minimumCounts({ users: 2, items: 2, mode: 'items-then-users' }).apply(interactions))).toEqual([
      [100, 0],
      [100, 10],
      [101, 0],
      [101, 10],
    ]);
    expect(() =>
      minimumCounts({ users: 2, items: 3, mode: 'items-then-users' }).apply(interactions),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: minimumCounts: expected interactions that pass, received none of 6. Lower the minimum.]`,
    );
  });

  it('numbers densely again and keeps original ids and titles', () => {
    const { catalogue, users, items } = minimumCounts({ items: 2, users: 2 }).apply(
      createInteractions([
        [1, 3],
        [4, 3],
        [4, 5],
        [1, 5],
        [0, 2],
      ]),
    );
    expect([...users]).toEqual([0, 1, 1, 0]);
    expect([...items]).toEqual([0, 0, 1, 1]);
    expect(catalogue).toEqual({
      userCount: 2,
      itemCount: 2,
      userIds: Int32Array.of(101, 104),
      itemIds: Int32Array.of(30, 50),
      itemTitles: ['Item 3', 'Item 5'],
    });
  });
});
