import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions, listPairs } from '../fixtures.js';
import { describeSplit } from '../testing/describe-split.js';
import { byTime } from './by-time.js';
import { selectNthSmallest } from './select-nth-smallest.js';

describeSplit('byTime', byTime({ test: 0.2, validation: 0.1 }), { order: 'global' });

const rng = createRng(1);
const interactions = createInteractions([50, 10, 40, 40, 20, 30, 60].map((time, row) => [row % 2, row, time]));
const listItems = (part: Parameters<typeof listPairs>[0]) => listPairs(part).map(([, item]) => Number(item) / 10);

describe('byTime', () => {
  it('tests the last share and all interactions with the same timestamp', () => {
    // 7 rows: 4.2 train, 2.8 test, so 4 and 3; the fifth oldest is one of the two at 40.
    const { train, test } = byTime({ test: 0.4 }).split(interactions, rng);
    expect(listItems(train)).toEqual([4, 1, 5]); // by user, then by time
    expect(listItems(test.targets)).toEqual([2, 0, 6, 3]);
    expect(test.history).toBe(train);
  });

  it('splits at given times', () => {
    const { train, validation, test } = byTime({ validation: 30, test: 50 }).split(interactions, rng);
    expect(listItems(train)).toEqual([4, 1]);
    expect(listItems(validation!.targets)).toEqual([2, 5, 3]);
    expect(listItems(test.targets)).toEqual([0, 6]);
    expect(listItems(test.history)).toEqual([4, 2, 1, 5, 3]);
  });

  it("keeps the order of the source with order 'source'", () => {
    const { train, test } = byTime({ test: 0.4, order: 'source' }).split(interactions, rng);
    expect([listItems(train), listItems(test.targets)]).toEqual([
      [1, 4, 5],
      [0, 2, 3, 6],
    ]);
  });

  it('takes the validation share before the test share', () => {
    // 3.5 train, 2.1 validation, 1.4 test: 4, 2 and 1, of which the first two share the time 40
    const { train, validation, test } = byTime({ validation: 0.3, test: 0.2 }).split(interactions, rng);
    expect([listItems(train), listItems(validation!.targets), listItems(test.targets)]).toEqual([
      [4, 1, 5],
      [2, 0, 3],
      [6],
    ]);
  });

  it('divides by largest remainder', () => {
    const sizes = (test: number, validation: number) => {
      const ten = createInteractions(Array.from({ length: 10 }, (_, at) => [at, at, at] as const));
      const splits = byTime({ test, validation }).split(ten, rng);
      return [splits.train, splits.validation!.targets, splits.test.targets].map(({ users }) => users.length);
    };
    expect(sizes(0.4, 0.2)).toEqual([4, 2, 4]);
    expect(sizes(0.8, 0.1)).toEqual([1, 1, 8]);
  });

  it('throws if timestamps are missing or a part is empty', () => {
    const { timestamps: _, ...timeless } = interactions;
    expect(() => byTime({ test: 0.2 }).split(timeless, rng)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: byTime: expected interactions with timestamps, received none. Try leaveRandomOut().]`,
    );
    expect(() => byTime({ test: 61 }).split(interactions, rng)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: byTime: expected interactions for test, received none of 7.]`,
    );
    expect(() => byTime({ test: 10 }).split(interactions, rng)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: byTime: expected interactions for train, received none of 7.]`,
    );
    expect(() => byTime({ test: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: byTime(test): expected a number between 0 and 1, received NaN.]`,
    );
    expect(() => byTime({ test: 30, validation: 40 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: byTime(validation): expected a time before 30, received 40.]`,
    );
    expect(() => byTime({ test: 30, validation: 0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: byTime(validation): expected a time before 30, received 0.1.]`,
    );
  });
});

describe('selectNthSmallest', () => {
  it('finds the same value as sorting, ties included', () => {
    const draw = createRng(7);
    for (const [length, different] of [
      [1, 1],
      [2, 2],
      [101, 5],
      [1009, 1e6],
    ] as const) {
      const values = Float64Array.from({ length }, () => draw.integer(different));
      const sorted = values.slice().sort();
      expect(Array.from(values, (_, n) => selectNthSmallest(values, n))).toEqual([...sorted]);
    }
  });
});
