import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions, loadMl100k, needsMl100k, withoutMl100k } from '../fixtures.js';
import { describeSplit } from '../testing/describe-split.js';
import type { HeldOut } from '../types.js';
import { byUser } from './by-user.js';

describeSplit('byUser', byUser({ test: 0.2, validation: 0.2, targets: 3 }), { order: 'user' });

const rng = createRng(1);
const different = (...columns: Int32Array[]) => new Set(columns.flatMap((column) => [...column]));
const listUsers = ({ history, targets }: HeldOut) => different(history.users, targets.users);

describe('byUser', () => {
  // Three interactions each, the latest first.
  const users = Array.from({ length: 6041 }, (_, user) => user).slice(1);
  const interactions = createInteractions(
    users.flatMap((user) => [3, 2, 1].map((time) => [user, time, time] as const)),
  );

  it('holds out the users that Spotlight holds out with seed 72', () => {
    const { train, validation, test } = byUser({ test: 0.1, validation: 0.1, seed: 72 }).split(interactions, rng);
    const held = [...listUsers(validation!), ...listUsers(test)].sort((one, other) => one - other);
    expect([different(train.users).size, listUsers(test).size, listUsers(validation!).size]).toEqual([4794, 636, 610]);
    expect(held.slice(0, 8)).toEqual([4, 8, 13, 18, 44, 47, 53, 54]);
  });

  it('holds out as many users of MovieLens 10M as Spotlight', () => {
    const many = createInteractions(Array.from({ length: 69_878 }, (_, user) => [user + 1, 0]));
    const { train, validation, test } = byUser({ test: 0.1, validation: 0.1, seed: 72 }).split(many, rng);
    expect([different(train.users).size, listUsers(test).size, listUsers(validation!).size]).toEqual([
      55835, 7090, 6953,
    ]);
  });

  it('hashes once without a validation part', () => {
    const once = byUser({ test: 0.2, seed: 72 }).split(interactions, rng);
    const twice = byUser({ test: 0.1, validation: 0.1, seed: 72 }).split(interactions, rng);
    expect(once.train).toEqual(twice.train);
    expect(listUsers(once.test)).toEqual(new Set([...listUsers(twice.test), ...listUsers(twice.validation!)]));
  });

  it('has the last interactions as targets and those before as history', () => {
    const { test } = byUser({ test: 0.2, targets: 2 }).split(interactions, rng);
    expect(different(test.history.items)).toEqual(new Set([1]));
    expect(different(test.targets.items)).toEqual(new Set([3, 2]));
    expect(test.targets.users.length).toBe(2 * listUsers(test).size);
  });

  it('throws for shares without a train part', () => {
    expect(() => byUser({ test: 0.7, validation: 0.3 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: byUser(validation): expected less than 0.3 (1 − test), received 0.3.]`,
    );
  });
});

describe.skipIf(withoutMl100k)(`byUser of MovieLens 100K${needsMl100k}`, () => {
  it('holds out the same users as Spotlight', async () => {
    const { train, validation, test } = byUser({ test: 0.1, validation: 0.1, seed: 72, order: 'source' }).split(
      await loadMl100k(),
      rng,
    );
    expect([different(train.users).size, listUsers(test).size, listUsers(validation!).size]).toEqual([776, 91, 76]);
  });
});
