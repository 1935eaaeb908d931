import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { basketBatches, toBaskets } from './basket-batches.js';

// Users 1 and 4 have no interactions.
const all = toBaskets(
  createInteractions(
    [
      [3, 6],
      [0, 2],
      [2, 5],
      [0, 1],
      [3, 0],
      [0, 4],
    ],
    { userCount: 5 },
  ),
);

describe('toBaskets', () => {
  it('returns the rows of a sparse matrix, for users with interactions', () => {
    expect(all).toEqual({
      users: Int32Array.of(0, 2, 3),
      offsets: Int32Array.of(0, 3, 4, 6),
      items: Int32Array.of(2, 1, 4, 5, 6, 0),
      ratings: Float32Array.of(2, 4, 1, 3, 1, 5), // 1 + row mod 5 of rows 1 3 5, 2, 0 4
    });
  });
});

describe('basketBatches', () => {
  it('contain every whole basket once', () => {
    const batches = [...basketBatches(all, 2, createRng(1))];
    expect(batches.map(({ users }) => users.length)).toEqual([2, 1]);
    const seen = batches.flatMap(({ users, offsets, items }) =>
      Array.from(users, (user, at) => [user, ...items.subarray(offsets[at]!, offsets[at + 1]!)]),
    );
    expect(seen.sort()).toEqual([
      [0, 2, 1, 4],
      [2, 5],
      [3, 6, 0],
    ]);
  });

  it('can be resumed at any step', () => {
    const whole = [...basketBatches(all, 1, createRng('epoch'))];
    expect([...basketBatches(all, 1, createRng('epoch'), 2)]).toEqual(whole.slice(2));
  });
});
