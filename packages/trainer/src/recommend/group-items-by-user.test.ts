import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { groupItemsByUser } from './group-items-by-user.js';

describe('itemsOfUsers', () => {
  it('gives the items of each user, oldest first, nothing for those who did nothing', () => {
    const rows = createInteractions(
      [
        [0, 4],
        [2, 1],
        [0, 3],
        [0, 2],
      ],
      3,
      5,
    );
    const shuffled = { ...rows, timestamps: Float64Array.of(30, 10, 20, 20) }; // items 3 and 2 at the same time keep their order
    const itemsOf = groupItemsByUser(shuffled);
    expect([0, 1, 2].map((user) => [...itemsOf(user)])).toEqual([[3, 2, 4], [], [1]]);
  });
});
