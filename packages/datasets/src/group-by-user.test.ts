import { describe, expect, it } from 'vitest';
import { createInteractions } from './fixtures.js';
import { getGroup } from './group-by.js';
import { groupByUser, groupByUserInTime } from './group-by-user.js';

// User 1 has no rows; user 2 has rows 0, 2, 3, 5 at times 9, 4, 9, 4.
const interactions = createInteractions([
  [2, 0, 9],
  [0, 1, 7],
  [2, 2, 4],
  [2, 3, 9],
  [0, 4, 3],
  [2, 5, 4],
]);

describe('groupByUser', () => {
  it('lists the rows of each user in the order of the source', () => {
    expect(groupByUser(interactions)).toEqual({
      offsets: Int32Array.of(0, 2, 2, 6),
      rows: Int32Array.of(1, 4, 0, 2, 3, 5),
    });
  });

  it('throws for ids outside the catalogue', () => {
    const broken = { ...interactions, users: Int32Array.of(0, 1, 3, 0, 0, 0) };
    expect(() => groupByUser(broken)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: groupBy(keys): expected ids from 0 to 2, received 3 in row 2.]`,
    );
  });
});

describe('groupByUserInTime', () => {
  it('sorts by time, then by original item id', () => {
    expect(groupByUserInTime(interactions)).toEqual({
      offsets: Int32Array.of(0, 2, 2, 6),
      rows: Int32Array.of(4, 1, 2, 5, 0, 3),
    });
  });

  it('goes by the original id of items, not by the dense one', () => {
    const { catalogue, ...columns } = interactions;
    const renamed = { ...columns, catalogue: { ...catalogue, itemIds: ['f', 'e', 'd', 'c', 'b', 'a'] } };
    expect([...getGroup(groupByUserInTime(renamed), 2)]).toEqual([5, 2, 3, 0]);
    expect([...getGroup(groupByUserInTime(renamed, 'source'), 2)]).toEqual([2, 5, 0, 3]);
    expect([...getGroup(groupByUserInTime({ ...renamed, order: 'source' }), 2)]).toEqual([2, 5, 0, 3]);
  });

  it('sorts equal timestamps in long histories too', () => {
    const long = createInteractions(Array.from({ length: 101 }, (_, row) => [0, row, (row * 7) % 3]));
    const expected = [0, 1, 2].flatMap((time) =>
      Array.from({ length: 101 }, (_, row) => row).filter((row) => (row * 7) % 3 === time),
    );
    expect([...getGroup(groupByUserInTime(long), 0)]).toEqual(expected);
    expect([...getGroup(groupByUserInTime(long, 'source'), 0)]).toEqual(expected);
  });

  it('sorts by item without timestamps, or keeps the order of the source', () => {
    const { timestamps: _, ...timeless } = interactions;
    expect(groupByUserInTime(timeless, 'source')).toEqual(groupByUser(interactions));
    const backwards = createInteractions([
      [0, 2],
      [0, 1],
    ]);
    expect([...groupByUserInTime({ ...backwards, timestamps: Float64Array.of(1, 1) }).rows]).toEqual([1, 0]);
  });
});
