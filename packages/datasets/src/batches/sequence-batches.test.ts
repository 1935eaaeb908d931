import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import type { Batch } from '../types.js';
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
      time: 3, // the window has three items
      users: Int32Array.of(0),
      history: Int32Array.of(0, 1, 2),
      targets: Int32Array.of(1, 2, 3),
      mask: Float32Array.of(0, 1, 1),
      targetMask: Float32Array.of(1, 1, 1),
      ratings: Float32Array.of(10, 20, 30),
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

  it('has no more steps than its longest window needs', () => {
    const times = [...sequenceBatches(cut, 1, createRng(1))].map(({ time, history, targets, mask }) => {
      expect([history.length, targets.length, mask.length]).toEqual([time, time, time]);
      expect(mask).toEqual(new Float32Array(time).fill(1));
      return `${history} > ${targets}`;
    });
    expect(times.sort()).toEqual(['1,2 > 2,3', '4 > 5', '6,7,8,9 > 7,8,9,0']);
  });

  it('sorts windows into lengths within pools, and shuffles the batches again', () => {
    const many = windows(
      createInteractions(
        Array.from({ length: 23 }, (_, user) =>
          Array.from({ length: 2 + (user % 11) }, (__, item) => [user, item] as const),
        ).flat(),
      ),
      { length: 20 },
    );
    const list = (lengthPool?: number, start = 0) => [
      ...sequenceBatches(many, 3, createRng('epoch'), start, lengthPool === undefined ? {} : { lengthPool }),
    ];
    const users = (batches: Batch[]) => batches.flatMap((batch) => [...batch.users]).sort((a, b) => a - b);
    const padded = (batches: Batch[]) => batches.reduce((sum, { mask }) => sum + mask.filter((m) => m === 0).length, 0);
    for (const pool of [1, 2, 100]) {
      expect(users(list(pool))).toEqual(users(list()));
      expect(list(pool)).toEqual(list(pool)); // the same bytes for a seed
      expect(list(pool, 2)).toEqual(list(pool).slice(2));
      expect(list(pool).map((batch) => batch.users.length)).toEqual(list().map((batch) => batch.users.length));
    }
    const times = list(100).map(({ time }) => time);
    expect(times).not.toEqual([...times].sort((a, b) => a - b));
    expect(padded(list(100))).toBeLessThan(padded(list(2)));
    expect(padded(list(2))).toBeLessThan(padded(list()));
  });

  it('contains every window once and can be resumed at any step', () => {
    const whole = [...sequenceBatches(cut, 2, createRng('epoch'))];
    expect(whole.map(({ users }) => users.length)).toEqual([2, 1]);
    expect([...sequenceBatches(cut, 2, createRng('epoch'), 1)]).toEqual(whole.slice(1));
  });
});
