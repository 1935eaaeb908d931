import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { groupItemsByUser } from './group-items-by-user.js';

describe('groupItemsByUser', () => {
  it('returns the items of each user, oldest first, and no items for users without interactions', () => {
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
    // items 3 and 2 have the same time
    const shuffled = { ...rows, timestamps: Float64Array.of(30, 10, 20, 20) };
    const readItems = groupItemsByUser(shuffled);
    expect([0, 1, 2].map((user) => [...readItems(user)])).toEqual([[2, 3, 4], [], [1]]);
    const bySource = groupItemsByUser({ ...shuffled, order: 'source' });
    expect([...bySource(0)]).toEqual([3, 2, 4]);
  });
});
