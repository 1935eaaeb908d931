import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createFormulaInteractions, loadMl100k, needsMl100k, sumOriginalIds, withoutMl100k } from '../fixtures.js';
import { describeSplit } from '../testing/describe-split.js';
import type { Interactions } from '../types.js';
import { atRandom } from './at-random.js';

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
    const { train, test } = atRandom({ test: 0.2, seed: 42 }).split(createFormulaInteractions(), rng);
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

describe.skipIf(withoutMl100k)(`atRandom of MovieLens 100K${needsMl100k}`, () => {
  it('equals the split of Spotlight', async () => {
    const { train, test } = atRandom({ test: 0.2, seed: 42 }).split(await loadMl100k(), rng);
    expect([row(train, 0), row(train, 1)]).toEqual([
      [877, 381, 4],
      [815, 602, 3],
    ]);
    expect(sumOriginalIds(train)).toEqual([80000, 37030700, 34129271, 15857550335]);
    expect(sumOriginalIds(test.targets)).toEqual([20000, 9217775, 8423742, 3914088784]);
  });
});
