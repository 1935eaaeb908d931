import { describe, expect, it } from 'vitest';
import { interactions } from './fixtures.js';
import { itemsOfUsers } from './histories.js';

describe('itemsOfUsers', () => {
  it('gives the items of each user, oldest first, nothing for those who did nothing', () => {
    const rows = interactions(
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
    const itemsOf = itemsOfUsers(shuffled);
    expect([0, 1, 2].map((user) => [...itemsOf(user)])).toEqual([[3, 2, 4], [], [1]]);
  });
});
