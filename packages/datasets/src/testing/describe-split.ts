import { createRng } from '@footlight/core';
import { expect } from 'vitest';
import type { HeldOut, Interactions, RowOrder, Split, Splits } from '../types.js';
import { describePromises, type Promised, protocolPromise } from './describe-promises.js';
import { createSample, createShuffledSample, expectLowRated, listRowNumbers, listSourceRows } from './sample.js';

/** Promises that differ between splits. */
export interface SplitPromises {
  /**
   * The meaning of "no future in train". Default: the split does not promise it.
   *
   * - `user`: no training or history interaction of a user is later than a target of that user.
   * - `global`: no training or history interaction is later than any target.
   */
  readonly order?: 'user' | 'global';
  /** Whether interactions can be in no part, e.g. because their item does not occur in train. Default false. */
  readonly drops?: boolean;
  /** `canonical` (default): the order of rows changes nothing. `source`: the split follows the order of rows. */
  readonly rows?: RowOrder;
}

/**
 * Contract suite of splits, one test per promise: a partition and, with `order`, no future in train.
 *
 * @example
 * describeSplit('leaveLastOut', leaveLastOut(), { order: 'user' });
 */
export function describeSplit(name: string, split: Split, promises: SplitPromises = {}): void {
  describePromises(name, createSplitPromises(split, promises));
}

/** The promises as functions that throw if they are broken. */
export function createSplitPromises(
  split: Split,
  { order, drops = false, rows = 'canonical' }: SplitPromises = {},
): Promised[] {
  const splits = () => split.split(createSample(), createRng('split'));
  return [
    protocolPromise(split),
    ['has training interactions and targets', () => expectFilled(splits())],
    ['is a partition: train, validation and test have no interaction in common', () => expectDisjoint(splits())],
    ['has no target in a history', () => listHeldOut(splits()).forEach(expectDifferent)],
    ...(drops ? [] : [['uses every interaction', () => expectComplete(splits())] as const]),
    [
      'changes no interaction: ids, titles, features, vectors, ratings, timestamps, weights',
      () => listParts(splits()).forEach(expectUnchanged),
    ],
    ['passes the low ratings of train on, those of users and items that stay', () => expectLowRated(splits().train)],
    [
      'has one catalogue for all parts',
      () => expect(new Set(listParts(splits()).map(({ catalogue }) => catalogue)).size).toBe(1),
    ],
    ...(order ? [['has no future in train', () => expectNoFuture(splits(), order)] as const] : []),
    ...(rows === 'canonical' ? [promiseCanonicalRows(split)] : []),
    ['returns the same result for the same input', () => expect(splits()).toEqual(splits())],
    [
      'does not change its input',
      () => {
        const input = createSample();
        split.split(input, createRng('split'));
        expect(input).toEqual(createSample());
      },
    ],
  ];
}

function promiseCanonicalRows(split: Split): Promised {
  return [
    'has the same parts, in the same order and numbering, when the rows of its input are shuffled',
    () => {
      const [splits, shuffled] = [createSample(), createShuffledSample()].map((input) =>
        listParts(split.split(input, createRng('split'))),
      ) as [Interactions[], Interactions[]];
      expect(shuffled.map(listSourceRows)).toEqual(splits.map(listSourceRows));
      expect(shuffled.map(({ users, items }) => [users, items])).toEqual(
        splits.map(({ users, items }) => [users, items]),
      );
    },
  ];
}

function listHeldOut({ validation, test }: Splits): HeldOut[] {
  return validation ? [validation, test] : [test];
}

function listParts(splits: Splits): Interactions[] {
  return [splits.train, ...listHeldOut(splits).flatMap(({ history, targets }) => [history, targets])];
}

function expectFilled(splits: Splits): void {
  for (const { users } of [splits.train, ...listHeldOut(splits).map(({ targets }) => targets)])
    expect(users.length).toBeGreaterThan(0);
}

function expectDisjoint(splits: Splits): void {
  const rows = [splits.train, ...listHeldOut(splits).map(({ targets }) => targets)].flatMap(listRowNumbers);
  expect(new Set(rows).size).toBe(rows.length);
}

function expectDifferent({ history, targets }: HeldOut): void {
  const historyRows = new Set(listRowNumbers(history));
  expect(listRowNumbers(targets).filter((row) => historyRows.has(row))).toEqual([]);
  expect(historyRows.size).toBe(history.users.length);
}

function expectComplete(splits: Splits): void {
  expect(new Set(listParts(splits).flatMap(listRowNumbers)).size).toBe(createSample().users.length);
}

function expectUnchanged(part: Interactions): void {
  const all = listSourceRows(createSample());
  expect(listSourceRows(part)).toEqual(listRowNumbers(part).map((row) => all[row]));
}

function expectNoFuture(splits: Splits, order: 'user' | 'global'): void {
  const key = ({ users }: Interactions, row: number) => (order === 'user' ? users[row]! : 0);
  for (const { history, targets } of listHeldOut(splits)) {
    const firstTarget = new Map<number, number>();
    for (const [row, time] of targets.timestamps!.entries()) {
      const group = key(targets, row);
      firstTarget.set(group, Math.min(time, firstTarget.get(group) ?? Infinity));
    }
    for (const part of [splits.train, history]) {
      for (const [row, time] of part.timestamps!.entries())
        expect(time).toBeLessThanOrEqual(firstTarget.get(key(part, row)) ?? Infinity);
    }
  }
}
