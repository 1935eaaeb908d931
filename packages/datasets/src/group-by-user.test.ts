import { describe, expect, it } from 'vitest';
import { createInteractions } from './fixtures.js';
import { getGroup, groupByUser, groupByUserInTime } from './group-by-user.js';

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
  it('sorts by time and keeps the order of the source for equal timestamps', () => {
    expect(groupByUserInTime(interactions)).toEqual({
      offsets: Int32Array.of(0, 2, 2, 6),
      rows: Int32Array.of(4, 1, 2, 5, 0, 3),
    });
  });

  it('keeps the order of equal timestamps in long histories too', () => {
    const long = createInteractions(Array.from({ length: 101 }, (_, row) => [0, row, (row * 7) % 3]));
    const expected = [0, 1, 2].flatMap((time) =>
      Array.from({ length: 101 }, (_, row) => row).filter((row) => (row * 7) % 3 === time),
    );
    expect([...getGroup(groupByUserInTime(long), 0)]).toEqual(expected);
  });

  it('keeps the order of the source without timestamps', () => {
    const { timestamps: _, ...timeless } = interactions;
    expect(groupByUserInTime(timeless)).toEqual(groupByUser(interactions));
  });
});
