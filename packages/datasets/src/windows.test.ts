import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions, loadMl100k, needsMl100k, withoutMl100k } from './fixtures.js';
import { byUser } from './splits/by-user.js';
import { createSample, shuffleRows } from './testing/sample.js';
import type { HeldOut } from './types.js';
import { type Windows, windows } from './windows.js';

// In time: user 0 does 11 … 17, user 1 nothing, user 2 does 3 and 5 at the same time (the source has 5 first).
const interactions = createInteractions([
  ...[17, 16, 15, 14, 13, 12, 11].map((item) => [0, item, item] as const),
  [2, 5, 0],
  [2, 3, 0],
]);

describe('windows', () => {
  it('cuts from the end, newest window first, padded on the left', () => {
    expect(windows(interactions, { length: 3, minimum: 1 })).toMatchObject({
      count: 4,
      length: 3,
      firstTarget: false,
      users: Int32Array.of(0, 0, 0, 2),
      lengths: Int32Array.of(3, 3, 1, 2),
      items: Int32Array.of(...[15, 16, 17], ...[12, 13, 14], ...[0, 0, 11], ...[0, 3, 5]),
    });
  });

  it('cuts from the start, oldest window first', () => {
    expect(windows(interactions, { length: 3, minimum: 1, from: 'start' })).toMatchObject({
      count: 4,
      users: Int32Array.of(0, 0, 0, 2),
      lengths: Int32Array.of(3, 3, 1, 2),
      items: Int32Array.of(...[11, 12, 13], ...[14, 15, 16], ...[0, 0, 17], ...[0, 3, 5]),
    });
    expect(windows(interactions, { length: 3, step: 2, from: 'start' }).items).toEqual(
      Int32Array.of(...[11, 12, 13], ...[13, 14, 15], ...[15, 16, 17], ...[0, 3, 5]),
    );
  });

  it("breaks ties in time by the source with order 'source'", () => {
    expect([...windows(interactions, { length: 2, order: 'source' }).items.subarray(-2)]).toEqual([5, 3]);
    expect([...windows({ ...interactions, order: 'source' }, { length: 2 }).items.subarray(-2)]).toEqual([5, 3]);
    expect([...windows(interactions, { length: 2 }).items.subarray(-2)]).toEqual([3, 5]);
  });

  it('are the same for rows in another order', () => {
    const sample = createSample();
    const all = windows(shuffleRows(sample), { length: 7, step: 3 });
    expect(all).toEqual(windows(sample, { length: 7, step: 3 }));
    expect(windows(shuffleRows(sample), { length: 7, order: 'source' })).not.toEqual(
      windows(sample, { length: 7, order: 'source' }),
    );
  });

  it('need times or a named order', () => {
    const { timestamps: _, ...timeless } = interactions;
    expect(() => windows(timeless, { length: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: windows: expected interactions with timestamps, received none. Name the column of times. If the rows of each user are in the order of time, set order: 'source'.]`,
    );
    expect([...windows(timeless, { length: 2, order: 'source' }).items.subarray(0, 2)]).toEqual([12, 11]);
  });

  it('contain ratings', () => {
    const rated = createInteractions([
      [0, 4, 0, 1],
      [0, 6, 1, 3],
      [0, 5, 2, 2],
    ]);
    expect(windows(rated, { length: 2, minimum: 1 }).ratings).toEqual(Float32Array.of(...[3, 2], ...[0, 1]));
  });

  it('leaves out windows below the minimum', () => {
    expect([...windows(interactions, { length: 3 }).lengths]).toEqual([3, 3, 2]);
    expect([...windows(interactions, { length: 3, minimum: 3 }).lengths]).toEqual([3, 3]);
  });

  it('overlaps if the step is shorter than the window', () => {
    expect(windows(interactions, { length: 3, step: 2, minimum: 3 }).items).toEqual(
      Int32Array.of(...[15, 16, 17], ...[13, 14, 15], ...[11, 12, 13]),
    );
  });

  it('throws for a minimum above the length', () => {
    expect(() => windows(interactions, { length: 3, minimum: 4 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: windows(minimum): expected an integer from 1 to 3, received 4.]`,
    );
  });
});

// Seed 72 is that of the experiments with 80 : 10 : 10 users.
describe.skipIf(withoutMl100k)(`windows of MovieLens 100K${needsMl100k}`, () => {
  const split = async () =>
    byUser({ test: 0.1, validation: 0.1, seed: 72, order: 'source' }).split(await loadMl100k(), createRng(1));
  const options = { length: 100, minimum: 20 };
  const sum = ({ items }: Windows) => items.reduce((total, item) => total + item);
  /** History and targets together; targets are last in time. */
  const whole = ({ history, targets }: HeldOut) => ({
    catalogue: history.catalogue,
    users: Int32Array.of(...history.users, ...targets.users),
    items: Int32Array.of(...history.items, ...targets.items),
    timestamps: Float64Array.of(...history.timestamps!, ...targets.timestamps!),
    order: 'source' as const,
  });

  it('equal the sequences of Spotlight', async () => {
    const { train, validation, test } = await split();
    const trainWindows = windows(train, options);
    expect([train.users.length, trainWindows.count, sum(trainWindows)]).toEqual([81203, 1169, 34278274]);
    expect((100 * trainWindows.lengths.filter((length) => length === 100).length) / 1169).toBeCloseTo(41.0, 1);
    expect([...trainWindows.items.subarray(95, 100)]).toEqual([111, 256, 5, 74, 102]);
    const counts = [validation!, test]
      .map(whole)
      .map((all) => [all.users.length, windows(all, options).count, sum(windows(all, options))]);
    expect(counts).toEqual([
      [8451, 119, 3504418],
      [10346, 146, 4468255],
    ]);
  });

  it('have no last item that occurs earlier in the window', async () => {
    const { items, count, length, lengths } = windows((await split()).train, options);
    for (let row = 0; row < count; row++) {
      const real = items.subarray((row + 1) * length - lengths[row]!, (row + 1) * length);
      expect(real.indexOf(real.at(-1)!)).toBe(real.length - 1);
    }
  });
});
