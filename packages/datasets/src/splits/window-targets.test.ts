import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { buildFeatures, readFeatureNames } from '../features.js';
import { createInteractions, loadMl100k, needsMl100k, withoutMl100k } from '../fixtures.js';
import type { HeldOut, Split } from '../types.js';
import { byUser } from './by-user.js';
import { windowTargets } from './window-targets.js';

// In time: user 0 does 1 2 3 4 5, user 1 does 6 7. Everybody is tested.
const all = createInteractions([
  ...[1, 2, 3, 4, 5].map((item) => [0, item, item, item] as const),
  [1, 7, 20, 2],
  [1, 6, 10, 1],
]);
const everybody: Split = {
  name: 'everybody',
  protocol: {},
  split: (given) => ({ train: given, test: { history: { ...given, ...nobody }, targets: given } }),
};
const nobody = {
  users: new Int32Array(0),
  items: new Int32Array(0),
  ratings: new Float32Array(0),
  timestamps: new Float64Array(0),
};

const questions = ({ history, targets }: HeldOut) =>
  Array.from(targets.users, (user, row) => ({
    who: targets.catalogue.userIds[user],
    after: [...history.items.filter((_, at) => history.users[at] === user)],
    wanted: targets.items[row],
    rating: targets.ratings?.[row],
  }));

describe('windowTargets', () => {
  it('asks for the last item of each window after the ones before it', () => {
    const { test } = windowTargets(everybody, { length: 3 }).split(all, createRng(1));
    const ids = all.catalogue.userIds;
    expect(questions(test)).toEqual([
      { who: String(ids[0]), after: [3, 4], wanted: 5, rating: 5 },
      { who: String(ids[0]), after: [1], wanted: 2, rating: 2 },
      { who: String(ids[1]), after: [6], wanted: 7, rating: 2 },
    ]);
  });

  it('asks for every item, the first from nothing', () => {
    const { test, known } = windowTargets(everybody, {
      length: 2,
      minimum: 2,
      targets: 'every',
      firstTarget: true,
    }).split(all, createRng(1));
    expect(questions(test).map(({ after, wanted }) => [after, wanted])).toEqual([
      [[], 4],
      [[4], 5],
      [[], 2],
      [[2], 3],
      [[], 6],
      [[6], 7],
    ]);
    expect(known!.catalogue).toBe(all.catalogue); // whose users can still be asked for
  });

  it('asks for the last few items together', () => {
    const { test } = windowTargets(everybody, { length: 5, targets: { last: 2 } }).split(all, createRng(1));
    expect(questions(test).map(({ who, after, wanted }) => [who, after, wanted])).toEqual([
      ['100', [1, 2, 3], 4],
      ['100', [1, 2, 3], 5],
      ['101', [], 6],
      ['101', [], 7],
    ]);
    expect(test.targets.catalogue.userCount).toBe(2);
  });

  it('cuts from the start where asked to', () => {
    const { name, protocol, split } = windowTargets(everybody, { length: 3, from: 'start' });
    expect(questions(split(all, createRng(1)).test).map(({ after, wanted }) => [after, wanted])).toEqual([
      [[1, 2], 3],
      [[4], 5],
      [[6], 7],
    ]);
    expect([name, protocol]).toMatchObject(['everybody, last of windows(3, 3, 2, start)', { from: 'start' }]);
  });

  it('gives each question the features of who is asked', () => {
    const userFeatures = buildFeatures([{ name: 'age', values: [['old'], ['young', 'new']] }]);
    const told = { ...all, catalogue: { ...all.catalogue, userFeatures } };
    const { catalogue } = windowTargets(everybody, { length: 3 }).split(told, createRng(1)).test.targets;
    expect([0, 1, 2].map((question) => readFeatureNames(catalogue.userFeatures!, question))).toEqual([
      ['age=old'],
      ['age=old'],
      ['age=new', 'age=young'],
    ]);
  });

  it('says in its protocol what it asks', () => {
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
  it('asks as many questions as Spotlight has sequences', async () => {
    const split = windowTargets(byUser({ test: 0.1, validation: 0.1, seed: 72 }), { length: 100, minimum: 20 });
    const { validation, test } = split.split(await loadMl100k(), createRng(1));
    expect([validation!.targets.users.length, test.targets.users.length]).toEqual([119, 146]);
  });
});
