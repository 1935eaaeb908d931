import { describe, expect, it } from 'vitest';
import { loadFrom } from '../temporary-folder.fixture.js';
import { countingSequences } from './counting-sequences.js';

describe('countingSequences', () => {
  it('gives every user the items from 1 on', async () => {
    expect(await countingSequences({ users: 2, length: 3 }).load(loadFrom(''))).toEqual({
      catalogue: { userCount: 2, itemCount: 4, userIds: Int32Array.of(0, 1), itemIds: Int32Array.of(0, 1, 2, 3) },
      users: Int32Array.of(0, 0, 0, 1, 1, 1),
      items: Int32Array.of(1, 2, 3, 1, 2, 3),
      timestamps: Float64Array.of(0, 1, 2, 0, 1, 2),
    });
  });

  it('has 1000 users with 20 items, and 21 items with the unused one', async () => {
    const { users, catalogue } = await countingSequences().load(loadFrom(''));
    expect([users.length, catalogue.userCount, catalogue.itemCount]).toEqual([20_000, 1000, 21]);
  });

  it('throws for empty sequences', () => {
    expect(() => countingSequences({ length: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: countingSequences(length): expected a positive integer, received 0.]`,
    );
  });
});
