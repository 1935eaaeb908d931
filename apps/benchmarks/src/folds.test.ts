import { kFold, movielens } from '@footlight/datasets';
import { rmse } from '@footlight/metrics';
import { constantRating } from '@footlight/models';
import { defineExperiment } from '@footlight/trainer';
import { describe, expect, it } from 'vitest';
import { crossValidated, protocolOfRow, splitsOf } from './folds.js';

const on = (folds: number) =>
  crossValidated(kFold({ folds, seed: 7 }), (split) =>
    defineExperiment({
      dataset: movielens('latest-small'),
      split,
      metrics: [rmse()],
      model: constantRating(),
      seed: 1,
    }),
  );

describe('crossValidated', () => {
  it('has a split per fold and one protocol for all of them', () => {
    expect(splitsOf(on(3)).map(({ name }) => name)).toEqual(['k-fold(1 of 3)', 'k-fold(2 of 3)', 'k-fold(3 of 3)']);
    expect(protocolOfRow(on(3)).split).toMatchObject({
      name: '3 folds',
      folds: [{ fold: 0, seed: 7 }, { fold: 1 }, { fold: 2 }],
    });
    expect(protocolOfRow(on(2)).hash).not.toBe(protocolOfRow(on(3)).hash);
  });

  it('needs a fold', () =>
    expect(() => crossValidated([], () => on(2))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: crossValidated(folds): expected at least one split, received none.]`,
    ));
});
