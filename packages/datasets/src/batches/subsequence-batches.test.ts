import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import type { Batch } from '../types.js';
import { type WindowsOptions, windows } from '../windows.js';
import { sequenceBatches } from './sequence-batches.js';
import { countTargets, subsequenceBatches } from './subsequence-batches.js';

// User 0 does 1 2 3 4, user 1 does 5 6.
const all = createInteractions([
  ...[1, 2, 3, 4].map((item) => [0, item, item, item] as const),
  [1, 5, 10, 5],
  [1, 6, 11, 1],
]);

/** Every pair of history and target, as texts `user: history > target`. */
const listExamples = ({ users, history, targets, mask, targetMask = mask, time, lastStepOnly }: Batch) =>
  Array.from(users, (user, row) => {
    const steps = lastStepOnly ? [time - 1] : Array.from({ length: time }, (_, step) => step);
    return steps.flatMap((step) => {
      const at = lastStepOnly ? row : row * time + step;
      if (targetMask[at] === 0) return [];
      const items = [...history.subarray(row * time, row * time + step + 1)].filter(
        (_, t) => mask[row * time + t] === 1,
      );
      return [`${user}: ${items.join(' ')} > ${targets[at]}`];
    });
  }).flat();

describe('subsequenceBatches', () => {
  it('has the layout of the talk: a row per target, padded on the left', () => {
    const cut = windows(all, { length: 4, minimum: 4, from: 'start', firstTarget: true });
    const [batch] = subsequenceBatches(cut, 7, createRng(1));
    expect(batch).toMatchObject({ time: 3, lastStepOnly: true });
    const rows = Array.from(batch!.targets, (target, row) => [
      [...batch!.history.subarray(row * 3, row * 3 + 3)],
      [...batch!.mask.subarray(row * 3, row * 3 + 3)],
      target,
      batch!.ratings![row],
    ]);
    expect(rows.sort((one, other) => (one[2] as number) - (other[2] as number))).toEqual([
      [[0, 0, 0], [0, 0, 0], 1, 1],
      [[0, 0, 1], [0, 0, 1], 2, 2],
      [[0, 1, 2], [0, 1, 1], 3, 3],
      [[1, 2, 3], [1, 1, 1], 4, 4],
    ]);
  });

  it.each<WindowsOptions>([
    { length: 3 },
    { length: 3, firstTarget: true },
    { length: 2, step: 1 },
    { length: 5, from: 'start', firstTarget: true },
  ])('has the histories and targets of sequenceBatches: %o', (options) => {
    const cut = windows(all, options);
    const list = (batches: Iterable<Batch>) => [...batches].flatMap(listExamples).sort();
    const expected = list(sequenceBatches(cut, 2, createRng(1)));
    expect(list(subsequenceBatches(cut, 3, createRng(2)))).toEqual(expected);
    expect(countTargets(cut)).toBe(expected.length);
  });

  it('has no more steps than its longest history needs, and sorts histories into lengths within pools', () => {
    const cut = windows(all, { length: 4, firstTarget: true });
    const list = (lengthPool?: number) =>
      [...subsequenceBatches(cut, 2, createRng(1), 0, lengthPool ? { lengthPool } : {})].map(({ time }) => time);
    expect(list(9).sort()).toEqual([1, 1, 3]); // lengths 0 0 | 1 1 | 2 3
    expect([...subsequenceBatches(cut, 1, createRng(1))].map(({ time }) => time).sort()).toEqual([1, 1, 1, 1, 2, 3]);
  });

  it('accepts windows of one item with firstTarget', () => {
    const [batch] = subsequenceBatches(windows(all, { length: 1, firstTarget: true }), 1, createRng(1));
    expect(batch).toMatchObject({ time: 1, history: Int32Array.of(0), mask: Float32Array.of(0) });
  });

  it('is shuffled, contains every target once and can be resumed at any step', () => {
    const cut = windows(all, { length: 4, firstTarget: true });
    const whole = [...subsequenceBatches(cut, 4, createRng('epoch'))];
    expect(whole.map(({ users }) => users.length)).toEqual([4, 2]);
    expect([...subsequenceBatches(cut, 4, createRng('epoch'), 1)]).toEqual(whole.slice(1));
    expect([...subsequenceBatches(cut, 4, createRng('other'))]).not.toEqual(whole);
  });
});
