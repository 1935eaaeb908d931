import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions, loadMl100k, needsMl100k, withoutMl100k } from '../fixtures.js';
import { describeSplit } from '../testing/describe-split.js';
import type { HeldOut, Interactions } from '../types.js';
import { bernoulliUsers } from './bernoulli-users.js';

describeSplit('bernoulliUsers', bernoulliUsers({ test: 0.3, targets: 3 }), { order: 'user' });
describeSplit(
  'bernoulliUsers with the faults of netrex',
  bernoulliUsers({ test: 0.3, faithful: ['last-coin', 'one-per-second'] }),
  {
    drops: true,
  },
);

const rowsOf = ({ items }: Pick<Interactions, 'items'>) => [...items];
const tested = ({ history, targets }: HeldOut) =>
  [...rowsOf(history), ...rowsOf(targets)].sort((one, other) => one - other);

/** Coins fall below 0.5 for users 0 and 2 in turn. */
const coins = (...thrown: number[]) => ({ ...createRng(1), next: () => thrown.shift()! });

// Items are row numbers. Users 0, 1 and 2 appear in this order; user 0 comes back after each of them, twice within second 7.
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
  it('holds out whole users whose coin fell below the share', () => {
    const { train, test } = bernoulliUsers({ test: 0.5 }).split(interactions, coins(0.6, 0.4, 0.9));
    expect([rowsOf(train), tested(test)]).toEqual([
      [0, 2, 3, 4, 5],
      [1, 6],
    ]);
    expect(rowsOf(test.targets)).toEqual([6]); // the last of user 1
  });

  it('sends every line where the last coin fell, as the original', () => {
    const { train, test } = bernoulliUsers({ test: 0.5, faithful: ['last-coin'] }).split(
      interactions,
      coins(0.6, 0.4, 0.9),
    );
    expect([rowsOf(train), tested(test)]).toEqual([
      [0, 3, 4, 5, 6],
      [1, 2],
    ]);
  });

  it('keeps the last of a second on each side, as the original', () => {
    const { train } = bernoulliUsers({ test: 0.5, faithful: ['last-coin', 'one-per-second'] }).split(
      interactions,
      coins(0.6, 0.4, 0.9),
    );
    expect(rowsOf(train)).toEqual([0, 3, 5, 6]);
  });

  it('holds out others with another seed', () => {
    const users = createInteractions(Array.from({ length: 101 }, (_, user) => [user, 0]));
    const held = (seed: number) => [...bernoulliUsers({ test: 0.2 }).split(users, createRng(seed)).test.targets.users];
    expect(held(1)).not.toEqual(held(2));
    expect(held(1)).toEqual(held(1));
  });

  it('names its faults', () => {
    const { name, protocol } = bernoulliUsers({ test: 0.2, faithful: ['last-coin'] });
    expect([name, protocol]).toEqual([
      'bernoulli-users(0.2, last-coin)',
      { name: 'bernoulli-users', test: 0.2, targets: 1, faithful: ['last-coin'] },
    ]);
    expect(bernoulliUsers({ test: 0.2 }).protocol).toEqual({ name: 'bernoulli-users', test: 0.2, targets: 1 });
  });

  it('says what it needs', () => {
    expect(() =>
      bernoulliUsers({ test: 0.5 }).split(interactions, coins(0.1, 0.1, 0.1)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bernoulliUsers: expected users on both sides, received all on one. Take another seed or share.]`,
    );
    const { timestamps: _, ...timeless } = interactions;
    expect(() =>
      bernoulliUsers({ test: 0.5, faithful: ['one-per-second'] }).split(timeless, coins(0.6, 0.4, 0.9)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bernoulliUsers(faithful): expected interactions with times, received none.]`,
    );
  });
});

describe.skipIf(withoutMl100k)(`bernoulliUsers of MovieLens 100K${needsMl100k}`, () => {
  it('sends nearly everything where somebody else threw, and loses half of it', async () => {
    const all = await loadMl100k();
    const first = new Map<number, number>();
    all.users.forEach((user, row) => void (first.has(user) || first.set(user, row)));
    let thrower = -1;
    const own = all.users.filter((user, row) => {
      if (first.get(user) === row) thrower = user;
      return thrower === user;
    });
    expect([Math.max(...first.values()) + 1, 100_000 - own.length]).toEqual([68_548, 98_820]);

    const everything = coins(...new Array<number>(942).fill(0.6), 0.1); // all but the last user's
    const faulty = bernoulliUsers({ test: 0.5, faithful: ['last-coin', 'one-per-second'] }).split(all, everything);
    const seconds = (from: number, to: number) => {
      const pairs = Array.from(all.users.subarray(from, to), (user, at) => `${user} ${all.timestamps![from + at]}`);
      return new Set(pairs).size;
    };
    expect(seconds(0, 100_000)).toBe(49_439);
    expect([faulty.train.users.length, tested(faulty.test).length]).toEqual([
      seconds(0, 68_547),
      seconds(68_547, 100_000),
    ]);
  });
});
