import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { buildFeatures, readFeatureNames } from '../features.js';
import { createInteractions, loadMl100k, needsMl100k, withoutMl100k } from '../fixtures.js';
import { createSample, createShuffledSample, shuffleRows } from '../testing/sample.js';
import type { HeldOut, Interactions, Split } from '../types.js';
import { byTime } from './by-time.js';
import { byUser } from './by-user.js';
import { windowTargets } from './window-targets.js';

// In order of time, user 0 has the items 1 2 3 4 5, user 1 has 6 7. Both are tested.
const all = createInteractions([
  ...[1, 2, 3, 4, 5].map((item) => [0, item, item, item] as const),
  [1, 7, 20, 2],
  [1, 6, 10, 1],
]);
const testAll: Split = {
  name: 'test-all',
  protocol: {},
  split: (given) => ({ train: given, test: { history: { ...given, ...noRows }, targets: given } }),
};
const noRows = {
  users: new Int32Array(0),
  items: new Int32Array(0),
  ratings: new Float32Array(0),
  timestamps: new Float64Array(0),
};

const listQueries = ({ history, targets }: HeldOut) =>
  Array.from(targets.users, (query, row) => ({
    user: targets.catalogue.userIds[query],
    after: [...history.items.filter((_, at) => history.users[at] === query)],
    target: targets.items[row],
    rating: targets.ratings?.[row],
  }));

describe('windowTargets', () => {
  it.each([byUser({ test: 0.3, validation: 0.2 }), byTime({ test: 0.3, validation: 0.2 })])(
    'has the same windows when the rows of its input are shuffled: $name',
    (split) => {
      const cut = windowTargets(split, { length: 3, step: 2, targets: 'every', firstTarget: true });
      const list = (interactions: Interactions) => {
        const { train, validation, test } = cut.split(interactions, createRng(1));
        const parts = [train, validation!.history, validation!.targets, test.history, test.targets];
        const rows = parts.map(({ catalogue, ...columns }) => [columns, catalogue.userIds, catalogue.itemIds]);
        return [rows, test.queryUsers];
      };
      expect(list(createShuffledSample())).toEqual(list(createSample()));
      const bySource = windowTargets(byUser({ test: 0.3, order: 'source' }), { length: 3 });
      const targets = (interactions: Interactions) => [
        ...bySource.split(interactions, createRng(1)).test.targets.ratings!,
      ];
      expect(targets(shuffleRows(createSample()))).not.toEqual(targets(createSample()));
    },
  );

  it('has the last item of each window as target and those before as history', () => {
    const { test } = windowTargets(testAll, { length: 3 }).split(all, createRng(1));
    const ids = all.catalogue.userIds;
    expect(listQueries(test)).toEqual([
      { user: String(ids[0]), after: [3, 4], target: 5, rating: 5 },
      { user: String(ids[0]), after: [1], target: 2, rating: 2 },
      { user: String(ids[1]), after: [6], target: 7, rating: 2 },
    ]);
  });

  it('has every item as target, the first one with an empty history', () => {
    const { test, known } = windowTargets(testAll, {
      length: 2,
      minimum: 2,
      targets: 'every',
      firstTarget: true,
    }).split(all, createRng(1));
    expect(listQueries(test).map(({ after, target }) => [after, target])).toEqual([
      [[], 4],
      [[4], 5],
      [[], 2],
      [[2], 3],
      [[], 6],
      [[6], 7],
    ]);
    expect(known!.catalogue).toBe(all.catalogue); // with the original users
  });

  it('has the last few items together as targets of one query', () => {
    const { test } = windowTargets(testAll, { length: 5, targets: { last: 2 } }).split(all, createRng(1));
    expect(listQueries(test).map(({ user, after, target }) => [user, after, target])).toEqual([
      ['100', [1, 2, 3], 4],
      ['100', [1, 2, 3], 5],
      ['101', [], 6],
      ['101', [], 7],
    ]);
    expect(test.targets.catalogue.userCount).toBe(2);
  });

  it('cuts from the start', () => {
    const { name, protocol, split } = windowTargets(testAll, { length: 3, from: 'start' });
    expect(listQueries(split(all, createRng(1)).test).map(({ after, target }) => [after, target])).toEqual([
      [[1, 2], 3],
      [[4], 5],
      [[6], 7],
    ]);
    expect([name, protocol]).toMatchObject(['test-all, last of windows(3, 3, 2, start)', { from: 'start' }]);
  });

  it('gives each query the features of its user', () => {
    const userFeatures = buildFeatures([{ name: 'age', values: [['old'], ['young', 'new']] }]);
    const withFeatures = { ...all, catalogue: { ...all.catalogue, userFeatures } };
    const { catalogue } = windowTargets(testAll, { length: 3 }).split(withFeatures, createRng(1)).test.targets;
    expect([0, 1, 2].map((query) => readFeatureNames(catalogue.userFeatures!, query))).toEqual([
      ['age=old'],
      ['age=old'],
      ['age=new', 'age=young'],
    ]);
  });

  it('describes windows and targets in its protocol', () => {
    const split = windowTargets(byUser({ test: 0.1 }), { length: 100, minimum: 20 });
    expect(split.name).toBe('by-user(0.1), last of windows(100, 100, 20)');
    expect(split.protocol).toMatchObject({
      split: { name: 'by-user', test: 0.1 },
      length: 100,
      step: 100,
      minimum: 20,
      targets: 'last',
    });
    expect(() => windowTargets(byUser({ test: 0.1 }), { length: 2, minimum: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: windowTargets(minimum): expected an integer from 1 to 2, received 3.]`,
    );
    expect(() =>
      windowTargets(byUser({ test: 0.1 }), { length: 2, targets: { last: 3 } }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: windowTargets(targets.last): expected an integer from 1 to 2, received 3.]`,
    );
    expect(() =>
      windowTargets(byUser({ test: 0.1 }), { length: 2, from: 'middle' as 'end' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: windowTargets(from): expected 'start' or 'end', received middle.]`,
    );
  });
});

describe.skipIf(withoutMl100k)(`windowTargets of MovieLens 100K${needsMl100k}`, () => {
  it('has as many queries as Spotlight has sequences', async () => {
    const split = windowTargets(byUser({ test: 0.1, validation: 0.1, seed: 72 }), { length: 100, minimum: 20 });
    const { validation, test } = split.split(await loadMl100k(), createRng(1));
    expect([validation!.targets.users.length, test.targets.users.length]).toEqual([119, 146]);
  });
});
