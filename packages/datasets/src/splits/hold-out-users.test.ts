import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { minimumCounts } from '../filters/minimum-counts.js';
import { minimumRating } from '../filters/minimum-rating.js';
import {
  createFormulaInteractions,
  createInteractions,
  loadMl100k,
  needsMl100k,
  sumIds,
  withoutMl100k,
} from '../fixtures.js';
import { describeSplit } from '../testing/describe-split.js';
import type { Interactions } from '../types.js';
import { type HoldOutUsersOptions, holdOutUsers } from './hold-out-users.js';

describeSplit('holdOutUsers', holdOutUsers({ validation: 7, test: 11, targets: 0.3 }), { drops: true });

/** In the layout of tooling/fixtures/splits.py. */
function report(interactions: Interactions, options: HoldOutUsersOptions) {
  const { train, validation, test } = holdOutUsers({ order: 'source', rounding: 'truncate', ...options }).split(
    interactions,
    createRng(1),
  );
  const { userIds, itemIds } = train.catalogue;
  return {
    users: Array.from({ length: 5 }, (_, user) => String(userIds[user])),
    items: [0, 1, 2, 3, 4].map((item) => itemIds[item]),
    train: sumIds(train),
    validation: { history: sumIds(validation!.history), targets: sumIds(validation!.targets) },
    test: { history: sumIds(test.history), targets: sumIds(test.targets) },
  };
}

// Expected numbers: tooling/fixtures/splits.py
describe('holdOutUsers', () => {
  it('draws the users and the targets that numpy draws', () => {
    expect(report(createFormulaInteractions(), { validation: 23, test: 19 })).toEqual({
      users: ['205', '41', '55', '36', '34'],
      items: [5, 69, 15, 91, 171],
      train: [4014, 336928, 96192, 8080071],
      validation: { history: [449, 80782, 10826, 1946493], targets: [92, 16560, 2102, 378162] },
      test: { history: [370, 74401, 8692, 1746887], targets: [78, 15669, 1942, 389078] },
    });
  });

  it('sorts text ids byte by byte', () => {
    expect(report(createFormulaInteractions(true), { validation: 23, test: 19 })).toEqual({
      users: ['u93', 'u135', 'u148', 'u130', 'u129'],
      items: [5, 69, 137, 91, 61],
      train: [4002, 335665, 95886, 8148437],
      validation: { history: [454, 81690, 10273, 1847915], targets: [96, 17279, 2411, 433645] },
      test: { history: [374, 75189, 9288, 1864045], targets: [77, 15481, 1745, 351713] },
    });
  });

  it('takes shares of the users, rounded down with truncate', () => {
    // 0.11 × 211 = 23.21, 0.0931 × 211 = 19.64
    const shares = report(createFormulaInteractions(), { validation: 0.11, test: 0.0931 });
    expect(shares).toEqual(report(createFormulaInteractions(), { validation: 23, test: 19 }));
  });

  it('drops items that train lacks, and has no targets for users with too few items', () => {
    // Each held-out user has two items of its own and four common ones: fewer than 5, so all are history.
    const users = Array.from({ length: 11 }, (_, user) => user);
    const rows = users.flatMap((user) => [0, 1, 2, 3, 4 + 2 * user, 5 + 2 * user].map((item) => [user, item] as const));
    const { train, validation, test } = holdOutUsers({ validation: 2, test: 3 }).split(
      createInteractions(rows),
      createRng(1),
    );
    expect(train.catalogue.itemCount).toBe(4 + 2 * 6);
    expect([validation!.history.users.length, validation!.targets.users.length]).toEqual([8, 0]);
    expect([test.history.users.length, test.targets.users.length]).toEqual([12, 0]);
    const halves = holdOutUsers({ validation: 2, test: 3, minimum: 4, targets: 0.5 }).split(
      createInteractions(rows),
      createRng(1),
    );
    expect([halves.test.history.users.length, halves.test.targets.users.length]).toEqual([6, 6]);
  });

  const countUsers = (options: HoldOutUsersOptions, count = 100) => {
    const all = createInteractions(
      Array.from({ length: 10 * count }, (_, row) => [Math.floor(row / 10), row % 10] as const),
    );
    const { train, validation, test } = holdOutUsers(options).split(all, createRng(1));
    return [train, validation!.targets, test.targets].map(({ users }) => new Set(users).size);
  };

  it('rounds shares of the users by largest remainder: 14, 29 and 57 of 100', () => {
    expect(countUsers({ validation: 0.29, test: 0.57 })).toEqual([14, 29, 57]);
    expect(countUsers({ validation: 0.29, test: 0.57, rounding: 'truncate' })).toEqual([16, 28, 56]);
    expect(countUsers({ validation: 0.15, test: 30 }, 50)).toEqual([12, 8, 30]); // 7.5 validation, 12.5 train
  });

  it('gives every user from the minimum on a target and a history', () => {
    const rows = Array.from({ length: 40 }, (_, user) => Array.from({ length: 1 + (user % 4) }, (_, k) => [user, k]));
    const all = createInteractions(rows.flat() as [number, number][]);
    const { test, validation } = holdOutUsers({ validation: 10, test: 20, minimum: 2 }).split(all, createRng(1));
    for (const { history, targets } of [test, validation!]) {
      const sizes = Array.from({ length: 40 }, (_, user) => [
        history.users.filter((one) => one === user).length,
        targets.users.filter((one) => one === user).length,
      ]).filter(([before, after]) => before! + after! > 0);
      expect(sizes.filter(([before, after]) => before! + after! > 1 && after !== 1)).toEqual([]);
      expect(sizes.filter(([before]) => before === 0)).toEqual([]); // a user of one item has a history only
    }
  });

  it('throws if a part has no users', () =>
    expect(() => countUsers({ validation: 0.01, test: 0.5 }, 10)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: holdOutUsers: expected users for validation, received none of 10. Choose other shares.]`,
    ));

  it('throws if no user remains for train', () => {
    expect(() => report(createFormulaInteractions(), { validation: 200, test: 11 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: holdOutUsers: expected more than 200 + 11 users, received 211.]`,
    );
    expect(() => holdOutUsers({ validation: 0, test: 11 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: holdOutUsers(validation): expected a positive integer, received 0.]`,
    );
  });
});

describe.skipIf(withoutMl100k)(`holdOutUsers of MovieLens 100K${needsMl100k}`, () => {
  it('equals the preparation of RecoTour', async () => {
    const liked = minimumRating({ rating: 3.5, inclusive: false }).apply(await loadMl100k());
    const kept = minimumCounts({ users: 5, items: 0, mode: 'items-then-users' }).apply(liked);
    expect(kept.users.length).toBe(55361);
    expect(report(kept, { validation: 100, test: 100 })).toEqual({
      users: ['849', '336', '232', '328', '408'],
      items: [474, 465, 1014, 222, 387],
      train: [43606, 15774931, 14554711, 5288081642],
      validation: { history: [4839, 3810192, 1586478, 1250358107], targets: [1161, 914036, 367861, 289930247] },
      test: { history: [4612, 4093782, 1512220, 1340698529], targets: [1105, 980958, 369578, 328130673] },
    });
  });
});
