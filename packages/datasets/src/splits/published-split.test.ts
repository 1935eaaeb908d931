import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions, listPairs, needsMl100k, withoutMl100k } from '../fixtures.js';
import { countKeys } from '../group-by.js';
import { movielens } from '../sources/movielens.js';
import { describeSplit } from '../testing/describe-split.js';
import { publishedSplit } from './published-split.js';

describeSplit('publishedSplit', publishedSplit());

const all = createInteractions([
  [0, 0],
  [0, 1],
  [1, 1],
]);

describe('publishedSplit', () => {
  it('follows the partition of the source', () => {
    const { train, test, validation } = publishedSplit().split({ ...all, parts: Uint8Array.of(0, 1, 0) }, createRng(1));
    expect(listPairs(train)).toEqual([
      [100, 0],
      [101, 10],
    ]);
    expect(listPairs(test.targets)).toEqual([[100, 10]]);
    expect(test.history).toBe(train);
    expect(validation).toBeUndefined();
  });

  it('throws if the dataset has none', () => {
    expect(() => publishedSplit().split(all, createRng(1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: publishedSplit: expected a dataset with a published split, received one without. Try leaveLastOut().]`,
    );
  });
});

describe.skipIf(withoutMl100k)(`publishedSplit of MovieLens 100K${needsMl100k}`, () => {
  it('tests ten interactions of each user', async () => {
    const all = await movielens('100k', { publishedSplit: 'ua' }).load({ rng: createRng(1) });
    const { train, test } = publishedSplit().split(all, createRng(1));
    expect([train.users.length, test.targets.users.length]).toEqual([90570, 9430]);
    expect(new Set(countKeys(test.targets.users, all.catalogue.userCount))).toEqual(new Set([10]));
  });
});
