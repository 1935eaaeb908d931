import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { windows } from '../windows.js';
import { sequenceBatches } from './sequence-batches.js';

// User 0 does 1 2 3, user 1 does 4 5 6 7 8 9 0.
const cut = windows(
  createInteractions([
    ...[1, 2, 3].map((item) => [0, item] as const),
    ...[4, 5, 6, 7, 8, 9, 0].map((item) => [1, item] as const),
  ]),
  {
    length: 5,
  },
);

describe('sequenceBatches', () => {
  it('has the next item as the target of every step', () => {
    const [batch] = sequenceBatches(cut, 7, createRng(1));
    const rows = Array.from(batch!.users, (user, row) => {
      const at = <T extends Int32Array | Float32Array>(column: T) => [...column.subarray(row * 4, row * 4 + 4)];
      return [user, at(batch!.history), at(batch!.targets), at(batch!.mask)];
    });
    expect(batch!.time).toBe(4);
    expect(rows.sort()).toEqual([
      [0, [0, 0, 1, 2], [0, 1, 2, 3], [0, 0, 1, 1]],
      [1, [0, 0, 0, 4], [0, 0, 4, 5], [0, 0, 0, 1]],
      [1, [6, 7, 8, 9], [7, 8, 9, 0], [1, 1, 1, 1]],
    ]);
  });

  it('has the first item as a target with an empty history, and ratings', () => {
    const rated = createInteractions([1, 2, 3].map((item) => [0, item, item, 10 * item] as const));
    const [batch] = sequenceBatches(windows(rated, { length: 4, firstTarget: true }), 1, createRng(1));
    expect(batch).toEqual({
      time: 4,
      users: Int32Array.of(0),
      history: Int32Array.of(0, 0, 1, 2),
      targets: Int32Array.of(0, 1, 2, 3),
      mask: Float32Array.of(0, 0, 1, 1),
      targetMask: Float32Array.of(0, 1, 1, 1),
      ratings: Float32Array.of(0, 10, 20, 30),
    });
  });

  it('accepts windows of one item with firstTarget', () => {
    const [batch] = sequenceBatches(
      windows(createInteractions([[0, 5, 0]]), { length: 1, firstTarget: true }),
      1,
      createRng(1),
    );
    expect([batch!.history, batch!.targets, batch!.mask, batch!.targetMask]).toEqual([
      Int32Array.of(0),
      Int32Array.of(5),
      Float32Array.of(0),
      Float32Array.of(1),
    ]);
  });

  it('contains every window once and can be resumed at any step', () => {
    const whole = [...sequenceBatches(cut, 2, createRng('epoch'))];
    expect(whole.map(({ users }) => users.length)).toEqual([2, 1]);
    expect([...sequenceBatches(cut, 2, createRng('epoch'), 1)]).toEqual(whole.slice(1));
  });
});
