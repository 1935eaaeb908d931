import { describe, expect, it } from 'vitest';
import { interactionsOf } from './testing/small.js';
import { windows } from './windows.js';

// In time: user 0 does 11 … 17, user 1 nothing, user 2 does 5 3.
const interactions = interactionsOf([...[17, 16, 15, 14, 13, 12, 11].map((item) => [0, item, item] as const), [2, 5, 0], [2, 3, 0]]);

describe('windows', () => {
  it('cuts from the end, newest first, padded on the left', () => {
    expect(windows(interactions, { length: 3, minimum: 1 })).toEqual({
      count: 4,
      length: 3,
      users: Int32Array.of(0, 0, 0, 2),
      lengths: Int32Array.of(3, 3, 1, 2),
      items: Int32Array.of(...[15, 16, 17], ...[12, 13, 14], ...[0, 0, 11], ...[0, 5, 3]),
    });
  });

  it('leaves out windows that are too short', () => {
    expect([...windows(interactions, { length: 3 }).lengths]).toEqual([3, 3, 2]);
    expect([...windows(interactions, { length: 3, minimum: 3 }).lengths]).toEqual([3, 3]);
  });

  it('overlaps where the step is shorter than the window', () => {
    expect(windows(interactions, { length: 3, step: 2, minimum: 3 }).items).toEqual(
      Int32Array.of(...[15, 16, 17], ...[13, 14, 15], ...[11, 12, 13]),
    );
  });

  it('refuses a minimum that no window can have', () => {
    expect(() => windows(interactions, { length: 3, minimum: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: windows(minimum): expected an integer from 1 to 3, received 4.]`,
    );
  });
});
