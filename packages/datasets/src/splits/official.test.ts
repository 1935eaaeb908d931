import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { interactionsOf, pairsOf } from '../fixtures.js';
import { describeSplit } from '../testing/describe-split.js';
import { official } from './official.js';

describeSplit('official', official());

const all = interactionsOf([
  [0, 0],
  [0, 1],
  [1, 1],
]);

describe('official', () => {
  it('follows the partition of the source', () => {
    const { train, test, validation } = official().split({ ...all, parts: Uint8Array.of(0, 1, 0) }, createRng(1));
    expect(pairsOf(train)).toEqual([
      [100, 0],
      [101, 10],
    ]);
    expect(pairsOf(test.targets)).toEqual([[100, 10]]);
    expect(test.history).toBe(train);
    expect(validation).toBeUndefined();
  });

  it('says so where there is none', () => {
    expect(() => official().split(all, createRng(1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: official: expected a dataset with a partition of its own, received one without. Try leaveLastOut(), or a dataset that has one.]`,
    );
  });
});
