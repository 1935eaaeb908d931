import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions, listPairs } from '../fixtures.js';
import { describeSplit } from '../testing/describe-split.js';
import { leaveLastOut } from './leave-last-out.js';

describeSplit('leaveLastOut', leaveLastOut(), { order: 'user' });
describeSplit('leaveLastOut, no validation', leaveLastOut({ validation: false }), { order: 'user' });

// In time, user 0 does item 1, then 2 and 0 (a tie at 8: the source has 2 first), user 1 items 4 3 1 2.
const interactions = createInteractions([
  [0, 2, 8],
  [1, 3, 2],
  [0, 0, 8],
  [1, 1, 3],
  [0, 1, 5],
  [1, 4, 1],
  [1, 2, 4],
]);
const rng = createRng(1);

describe('leaveLastOut', () => {
  it('tests the last item, validates with the one before, trains on the others', () => {
    const { train, validation, test } = leaveLastOut().split(interactions, rng);
    expect(listPairs(train)).toEqual([
      [100, 10],
      [101, 40],
      [101, 30],
    ]);
    expect(listPairs(validation!.targets)).toEqual([
      [100, 0],
      [101, 10],
    ]);
    expect(listPairs(test.targets)).toEqual([
      [100, 20],
      [101, 20],
    ]);
    expect(validation!.history).toBe(train);
  });

  it("breaks ties in time by the source with order 'source'", () => {
    const { train, validation, test } = leaveLastOut({ order: 'source' }).split(interactions, rng);
    expect(listPairs(train)).toEqual([
      [101, 30],
      [100, 10],
      [101, 40],
    ]);
    expect(listPairs(validation!.targets)).toEqual([
      [100, 20],
      [101, 10],
    ]);
    expect(listPairs(test.targets)).toEqual([
      [100, 0],
      [101, 20],
    ]);
    expect(validation!.history).toBe(train);
    expect(listPairs(test.history)).toEqual([
      [100, 20],
      [101, 30],
      [101, 10],
      [100, 10],
      [101, 40],
    ]);
  });

  it('trains on the item before the last without validation', () => {
    const { train, validation, test } = leaveLastOut({ validation: false }).split(interactions, rng);
    expect(validation).toBeUndefined();
    expect(train.users.length).toBe(5);
    expect(test.history).toBe(train);
  });

  it('needs times or a named order', () => {
    const { timestamps: _, ...timeless } = interactions;
    expect(() => leaveLastOut().split(timeless, rng)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: leaveLastOut: expected interactions with timestamps, received none. Try leaveRandomOut(). If the rows of each user are in the order of time, set order: 'source'.]`,
    );
    expect(listPairs(leaveLastOut({ order: 'source' }).split(timeless, rng).test.targets)).toEqual([
      [100, 10],
      [101, 20],
    ]);
  });

  it('names a user with too few interactions in the error', () => {
    const few = createInteractions([
      [0, 0],
      [0, 1],
      [0, 2],
      [2, 1],
    ]);
    expect(() => leaveLastOut().split(few, rng)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: leaveLastOut: expected at least 3 interactions per user, received 1 for user 102. Filter with kCore({ minimum: 3 }) first.]`,
    );
    expect(() => leaveLastOut({ validation: false }).split(few, rng)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: leaveLastOut: expected at least 2 interactions per user, received 1 for user 102. Filter with kCore({ minimum: 2 }) first.]`,
    );
  });
});
