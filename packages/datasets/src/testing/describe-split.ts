import { createRng } from '@footlight/core';
import { expect } from 'vitest';
import type { HeldOut, Interactions, Split, Splits } from '../types.js';
import { describePromises, type Promised, protocolPromise } from './describe-promises.js';
import { createSample, listRowNumbers, listSourceRows } from './sample.js';

export interface SplitPromises {
  /**
   * What "no future in train" means. Default none.
   *
   * - `user`: whatever is trained on or shown of a user is no later than what is to be predicted of that user.
   * - `everybody`: nothing is trained on or shown that is later than anything to be predicted.
   */
  readonly order?: 'user' | 'everybody';
  /** Whether interactions may be in no part at all, e.g. because train does not know the item. Default false. */
  readonly drops?: boolean;
}

/**
 * The promises that every split keeps, as tests: a partition and, if asked for, no future in train.
 *
 * @example
 * describeSplit('leaveLastOut', leaveLastOut(), { order: 'user' });
 */
export function describeSplit(name: string, split: Split, promises: SplitPromises = {}): void {
  describePromises(name, splitPromises(split, promises));
}

/** The same promises as functions that throw. */
export function splitPromises(split: Split, { order, drops = false }: SplitPromises = {}): Promised[] {
  const splits = () => split.split(createSample(), createRng('split'));
  return [
    protocolPromise(split),
    ['asks for something and has something to train on', () => expectFilled(splits())],
    ['is a partition: trains on, validates and tests different interactions', () => expectDisjoint(splits())],
    ['shows nothing that it asks for', () => listHeldOut(splits()).forEach(expectDifferent)],
    ...(drops ? [] : [['uses every interaction', () => expectComplete(splits())] as const]),
    [
      'changes nothing in any interaction: ids, titles, features, ratings, times',
      () => listParts(splits()).forEach(expectUnchanged),
    ],
    [
      'shares one catalogue among all parts',
      () => expect(new Set(listParts(splits()).map(({ catalogue }) => catalogue)).size).toBe(1),
    ],
    ...(order ? [['has no future in train', () => expectNoFuture(splits(), order)] as const] : []),
    ['gives the same again', () => expect(splits()).toEqual(splits())],
    [
      'leaves its input as it was',
      () => {
        const given = createSample();
        split.split(given, createRng('split'));
        expect(given).toEqual(createSample());
      },
    ],
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
  const used = [splits.train, ...listHeldOut(splits).map(({ targets }) => targets)].flatMap(listRowNumbers);
  expect(new Set(used).size).toBe(used.length);
}

function expectDifferent({ history, targets }: HeldOut): void {
  const shown = new Set(listRowNumbers(history));
  expect(listRowNumbers(targets).filter((row) => shown.has(row))).toEqual([]);
  expect(shown.size).toBe(history.users.length);
}

function expectComplete(splits: Splits): void {
  expect(new Set(listParts(splits).flatMap(listRowNumbers)).size).toBe(createSample().users.length);
}

function expectUnchanged(part: Interactions): void {
  const all = listSourceRows(createSample());
  expect(listSourceRows(part)).toEqual(listRowNumbers(part).map((row) => all[row]));
}

function expectNoFuture(splits: Splits, order: 'user' | 'everybody'): void {
  const key = ({ users }: Interactions, row: number) => (order === 'user' ? users[row]! : 0);
  for (const { history, targets } of listHeldOut(splits)) {
    const first = new Map<number, number>();
    for (const [row, time] of targets.timestamps!.entries()) {
      const of = key(targets, row);
      first.set(of, Math.min(time, first.get(of) ?? Infinity));
    }
    for (const past of [splits.train, history]) {
      for (const [row, time] of past.timestamps!.entries())
        expect(time).toBeLessThanOrEqual(first.get(key(past, row)) ?? Infinity);
    }
  }
}
