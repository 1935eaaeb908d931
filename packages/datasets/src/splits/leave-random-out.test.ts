import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { countKeys } from '../group-by.js';
import { describeSplit } from '../testing/describe-split.js';
import { createSample } from '../testing/sample.js';
import { type LeaveRandomOutOptions, leaveRandomOut } from './leave-random-out.js';

describeSplit('leaveRandomOut', leaveRandomOut());
describeSplit('leaveRandomOut with shares', leaveRandomOut({ test: 0.3, validation: 0.2 }));
describeSplit('leaveRandomOut without validation', leaveRandomOut({ test: 0.2, validation: 0 }));
describeSplit("leaveRandomOut({ order: 'source' })", leaveRandomOut({ order: 'source' }), { rows: 'source' });

const rng = createRng(1);

/** Train, validation and test interactions of users 0, 1, … with 1, 2, … interactions. */
function countByUser(userCount: number, options?: LeaveRandomOutOptions): number[][] {
  const rows = Array.from({ length: userCount }, (_, user) =>
    Array.from({ length: user + 1 }, (_, item) => [user, item] as const),
  );
  const { timestamps: _, ...timeless } = createInteractions(rows.flat());
  const { train, validation, test } = leaveRandomOut(options).split(timeless, rng);
  const parts = [train, validation?.targets, test.targets].map((part) =>
    part ? countKeys(part.users, userCount) : new Int32Array(userCount),
  );
  return Array.from({ length: userCount }, (_, user) => parts.map((counts) => counts[user]!));
}

describe('leaveRandomOut', () => {
  it('needs no times, and leaves every user at least one training interaction', () =>
    expect(countByUser(5)).toEqual([
      [1, 0, 0],
      [1, 0, 1],
      [1, 1, 1],
      [2, 1, 1],
      [3, 1, 1],
    ]));

  it('takes shares of each user by largest remainder', () => {
    expect(countByUser(5, { test: 0.4, validation: 0.2 }).slice(2)).toEqual([
      [1, 1, 1],
      [1, 1, 2],
      [2, 1, 2],
    ]);
    expect(countByUser(5, { test: 3, validation: 0 }).slice(2)).toEqual([
      [1, 0, 2],
      [1, 0, 3],
      [2, 0, 3],
    ]);
  });

  it('draws other targets with another seed', () => {
    const draw = (seed: number) => [...leaveRandomOut({ seed }).split(createSample(), rng).test.targets.ratings!];
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('draws every interaction of a user with equal probability', () => {
    const counts = new Int32Array(5);
    const rows = Array.from({ length: 5 * 2003 }, (_, row) => [Math.floor(row / 5), row % 5] as const);
    for (const item of leaveRandomOut().split(createInteractions(rows), rng).test.targets.items) counts[item]!++;
    for (const count of counts) expect(Math.abs(count - 2003 / 5)).toBeLessThan(75); // 4 standard deviations
  });

  it('throws for sizes that leave nothing to train on', () => {
    expect(() => leaveRandomOut({ test: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: leaveRandomOut(test): expected a positive integer or a number between 0 and 1, received 0.]`,
    );
    expect(() => leaveRandomOut({ test: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: leaveRandomOut(test): expected a positive integer or a number between 0 and 1, received 1.5.]`,
    );
    expect(() => leaveRandomOut({ test: 0.7 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: leaveRandomOut(validation): expected less than 0.3 (1 − test), received 0.7.]`,
    );
    expect(() => leaveRandomOut({ test: 0.6, validation: 0.4 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: leaveRandomOut(validation): expected less than 0.4 (1 − test), received 0.4.]`,
    );
  });
});
