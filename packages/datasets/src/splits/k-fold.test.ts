import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createFormulaInteractions, createInteractions, sumOriginalIds } from '../fixtures.js';
import { describeSplit } from '../testing/describe-split.js';
import { kFold } from './k-fold.js';

describeSplit('kFold', kFold({ folds: 5 })[3]!);

const rng = createRng(1);

describe('kFold', () => {
  it('tests the rows that scikit-learn tests', () => {
    const tested = kFold({ folds: 7, seed: 42, order: 'source' }).map((split) =>
      sumOriginalIds(split.split(createFormulaInteractions(), rng).test.targets),
    );
    expect(tested).toEqual([
      [715, 77219, 74153, 7972097],
      [715, 76154, 74305, 8060906],
      [715, 75041, 74421, 7723147],
      [715, 77349, 72261, 7722015],
      [715, 75938, 74061, 8040718],
      [714, 75362, 73048, 7579066],
      [714, 73706, 72924, 7619632],
    ]); // tooling/fixtures/splits.py
  });

  it('trains on all other rows, in the order of the source', () => {
    const { train, test } = kFold({ folds: 7, order: 'source' })[3]!.split(createFormulaInteractions(), rng);
    const times = [...train.timestamps!, ...test.targets.timestamps!];
    expect([...train.timestamps!]).toEqual([...train.timestamps!].sort((one, other) => one - other));
    expect(times.sort((one, other) => one - other)).toEqual([...createFormulaInteractions().timestamps!]);
  });

  it('names each fold', () =>
    expect(kFold({ folds: 3 }).map(({ name }) => name)).toEqual([
      'k-fold(1 of 3)',
      'k-fold(2 of 3)',
      'k-fold(3 of 3)',
    ]));

  it('throws for fewer than two folds, and for fewer interactions than folds', () => {
    expect(() => kFold({ folds: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: kFold(folds): expected an integer from 2, received 1.]`,
    );
    expect(() =>
      kFold({ folds: 3 })[0]!.split(
        createInteractions([
          [0, 0],
          [0, 1],
        ]),
        rng,
      ),
    ).toThrowErrorMatchingInlineSnapshot(`[RecsysError: kFold(interactions): expected an integer from 3, received 2.]`);
  });
});
