import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import {
  createFormulaInteractions,
  createInteractions,
  loadMl100k,
  needsMl100k,
  sumOriginalIds,
  withoutMl100k,
} from '../fixtures.js';
import { describeSplit } from '../testing/describe-split.js';
import type { Interactions } from '../types.js';
import { type AtRandomOptions, atRandom } from './at-random.js';

describeSplit('atRandom', atRandom({ test: 0.2, validation: 0.1 }));

const rng = createRng(1);
const row = ({ catalogue, users, items, ratings }: Interactions, at: number) => [
  catalogue.userIds[users[at]!],
  catalogue.itemIds[items[at]!],
  ratings![at],
];

// Expected numbers: tooling/fixtures/splits.py
describe('atRandom', () => {
  it('selects the rows that numpy selects, in the order drawn', () => {
    const { train, test } = atRandom({ test: 0.2, seed: 42, order: 'source', rounding: 'truncate' }).split(
      createFormulaInteractions(),
      rng,
    );
    expect([row(train, 0), row(train, 1)]).toEqual([
      [68, 59, 2],
      [134, 31, 5],
    ]);
    expect(sumOriginalIds(train)).toEqual([4002, 426292, 413038, 44041236]);
    expect(sumOriginalIds(test.targets)).toEqual([1001, 104477, 102135, 10676345]);
    expect(test.history).toBe(train);
  });

  it('takes the validation part from train and does not change the test part', () => {
    const whole = atRandom({ test: 0.2 }).split(createFormulaInteractions(), rng);
    const { train, validation, test } = atRandom({ test: 0.2, validation: 0.1 }).split(
      createFormulaInteractions(),
      rng,
    );
    expect(test.targets).toEqual(whole.test.targets);
    expect(test.history).toEqual(whole.train);
    expect(train.users).toEqual(whole.train.users.subarray(0, 3502)); // (1 − 0.2 − 0.1) × 5003 = 3502.1
    expect(validation!.targets.users).toEqual(whole.train.users.subarray(3502));
    expect(validation!.history).toBe(train);
  });

  it('throws for shares without a train part', () => {
    expect(() => atRandom({ test: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: atRandom(test): expected a number between 0 and 1, received 1.]`,
    );
    expect(() => atRandom({ test: 0.5, validation: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: atRandom(validation): expected less than 0.5 (1 − test), received 0.5.]`,
    );
  });
});

describe('atRandom, rounded by largest remainder', () => {
  const sizes = (count: number, options: AtRandomOptions) => {
    const all = createInteractions(Array.from({ length: count }, (_, at) => [at, at] as const));
    const { train, validation, test } = atRandom(options).split(all, rng);
    return [train, validation?.targets, test.targets].map((part) => part?.users.length);
  };

  it('takes 50, 20 and 30 of 100 for .3 and .2', () =>
    expect(sizes(100, { test: 0.3, validation: 0.2 })).toEqual([50, 20, 30]));

  it('takes what Spotlight takes with truncate', () => {
    // (1 − 0.3 − 0.2) × 100 is 49.99999999999999
    expect(sizes(100, { test: 0.3, validation: 0.2, rounding: 'truncate' })).toEqual([49, 21, 30]);
    expect(sizes(13, { test: 0.2, rounding: 'truncate' })).toEqual([10, undefined, 3]); // 10.4 + 2.6
    expect(sizes(13, { test: 0.2 })).toEqual([10, undefined, 3]);
    expect(sizes(12, { test: 0.2, rounding: 'truncate' })).toEqual([9, undefined, 3]); // 9.6 + 2.4
    expect(sizes(12, { test: 0.2 })).toEqual([10, undefined, 2]);
  });

  it('throws if a part is empty', () =>
    expect(() => sizes(4, { test: 0.1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: atRandom: expected interactions for test, received none of 4. Choose other shares.]`,
    ));
});

describe.skipIf(withoutMl100k)(`atRandom of MovieLens 100K${needsMl100k}`, () => {
  it('equals the split of Spotlight', async () => {
    const { train, test } = atRandom({ test: 0.2, seed: 42, order: 'source', rounding: 'truncate' }).split(
      await loadMl100k(),
      rng,
    );
    expect([row(train, 0), row(train, 1)]).toEqual([
      [877, 381, 4],
      [815, 602, 3],
    ]);
    expect(sumOriginalIds(train)).toEqual([80000, 37030700, 34129271, 15857550335]);
    expect(sumOriginalIds(test.targets)).toEqual([20000, 9217775, 8423742, 3914088784]);
  });
});
