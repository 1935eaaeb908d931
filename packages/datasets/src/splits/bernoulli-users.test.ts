import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions, loadMl100k, needsMl100k, withoutMl100k } from '../fixtures.js';
import { describeSplit } from '../testing/describe-split.js';
import type { HeldOut, Interactions } from '../types.js';
import { bernoulliUsers } from './bernoulli-users.js';

describeSplit('bernoulliUsers', bernoulliUsers({ test: 0.3, targets: 3 }), { order: 'user' });
describeSplit(
  'bernoulliUsers with the quirks of netrex',
  bernoulliUsers({ test: 0.3, faithful: ['last-coin', 'one-per-second'] }),
  {
    drops: true,
  },
);

const listRows = ({ items }: Pick<Interactions, 'items'>) => [...items];
const listTested = ({ history, targets }: HeldOut) =>
  [...listRows(history), ...listRows(targets)].sort((one, other) => one - other);

/** A generator that returns the given numbers in turn. */
const fixedRng = (...numbers: number[]) => ({ ...createRng(1), next: () => numbers.shift()! });

// Items are row numbers. Users 0, 1 and 2 appear in this order; user 0 occurs again after each of them, twice in
// second 7.
const interactions = createInteractions([
  [0, 0, 1],
  [1, 1, 2],
  [0, 2, 3],
  [2, 3, 4],
  [0, 4, 7],
  [0, 5, 7],
  [1, 6, 7],
]);

describe('bernoulliUsers', () => {
  it('holds out whole users whose number is below the share', () => {
    const { train, test } = bernoulliUsers({ test: 0.5, order: 'source' }).split(interactions, fixedRng(0.6, 0.4, 0.9));
    expect([listRows(train), listTested(test)]).toEqual([
      [0, 2, 3, 4, 5],
      [1, 6],
    ]);
    expect(listRows(test.targets)).toEqual([6]); // the last of user 1
  });

  it('assigns each row to the part drawn last, with last-coin', () => {
    const { train, test } = bernoulliUsers({ test: 0.5, faithful: ['last-coin'], order: 'source' }).split(
      interactions,
      fixedRng(0.6, 0.4, 0.9),
    );
    expect([listRows(train), listTested(test)]).toEqual([
      [0, 3, 4, 5, 6],
      [1, 2],
    ]);
  });

  it('keeps the last interaction of a second in each part, with one-per-second', () => {
    const { train } = bernoulliUsers({ test: 0.5, faithful: ['last-coin', 'one-per-second'], order: 'source' }).split(
      interactions,
      fixedRng(0.6, 0.4, 0.9),
    );
    expect(listRows(train)).toEqual([0, 3, 5, 6]);
  });

  it('holds out other users with another seed', () => {
    const users = createInteractions(Array.from({ length: 101 }, (_, user) => [user, 0]));
    const held = (seed: number) => [...bernoulliUsers({ test: 0.2 }).split(users, createRng(seed)).test.targets.users];
    expect(held(1)).not.toEqual(held(2));
    expect(held(1)).toEqual(held(1));
  });

  it('has the quirks in its name and protocol', () => {
    const { name, protocol } = bernoulliUsers({ test: 0.2, faithful: ['last-coin'] });
    expect([name, protocol]).toEqual([
      'bernoulli-users(0.2, last-coin)',
      { name: 'bernoulli-users', test: 0.2, targets: 1, faithful: ['last-coin'], order: 'canonical' },
    ]);
    expect(bernoulliUsers({ test: 0.2 }).protocol).toEqual({
      name: 'bernoulli-users',
      test: 0.2,
      targets: 1,
      order: 'canonical',
    });
  });

  it('throws if a part is empty or timestamps are missing', () => {
    expect(() =>
      bernoulliUsers({ test: 0.5 }).split(interactions, fixedRng(0.1, 0.1, 0.1)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bernoulliUsers: expected users in both parts, received all users in one. Set another seed or share.]`,
    );
    const { timestamps: _, ...timeless } = interactions;
    expect(() =>
      bernoulliUsers({ test: 0.5, faithful: ['one-per-second'], order: 'source' }).split(
        timeless,
        fixedRng(0.6, 0.4, 0.9),
      ),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bernoulliUsers(faithful): expected interactions with timestamps, received none.]`,
    );
  });
});

describe.skipIf(withoutMl100k)(`bernoulliUsers of MovieLens 100K${needsMl100k}`, () => {
  it('puts nearly every row into the part of another user, and loses half of the rows', async () => {
    const all = await loadMl100k();
    const first = new Map<number, number>();
    all.users.forEach((user, row) => void (first.has(user) || first.set(user, row)));
    let lastUser = -1;
    const ownPart = all.users.filter((user, row) => {
      if (first.get(user) === row) lastUser = user;
      return lastUser === user;
    });
    expect([Math.max(...first.values()) + 1, 100_000 - ownPart.length]).toEqual([68_548, 98_820]);

    const numbers = fixedRng(...new Array<number>(942).fill(0.6), 0.1); // only the last user is tested
    const quirky = bernoulliUsers({ test: 0.5, faithful: ['last-coin', 'one-per-second'], order: 'source' }).split(
      all,
      numbers,
    );
    const seconds = (from: number, to: number) => {
      const pairs = Array.from(all.users.subarray(from, to), (user, at) => `${user} ${all.timestamps![from + at]}`);
      return new Set(pairs).size;
    };
    expect(seconds(0, 100_000)).toBe(49_439);
    expect([quirky.train.users.length, listTested(quirky.test).length]).toEqual([
      seconds(0, 68_547),
      seconds(68_547, 100_000),
    ]);
  });
});
