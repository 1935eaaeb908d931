import { kFold, movielens } from '@footlight/datasets';
import { rmse } from '@footlight/metrics';
import { constantRating } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { crossValidated, splitIntoFolds } from './cross-validated.js';
import { defineExperiment } from './define-experiment.js';
import { describeProtocol } from './describe-protocol.js';

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
    const folds = splitIntoFolds(on(3));
    expect(folds.map(({ split }) => split.name)).toEqual(['k-fold(1 of 3)', 'k-fold(2 of 3)', 'k-fold(3 of 3)']);
    expect(folds.map((fold) => describeProtocol(fold).split)).toMatchObject([{ fold: 0 }, { fold: 1 }, { fold: 2 }]);
    expect(describeProtocol(on(3)).split).toMatchObject({
      name: '3 folds',
      folds: [{ fold: 0, seed: 7 }, { fold: 1 }, { fold: 2 }],
    });
    expect(describeProtocol(on(2)).hash).not.toBe(describeProtocol(on(3)).hash);
  });

  it('needs a fold', () =>
    expect(() => crossValidated([], () => on(2))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: crossValidated(folds): expected at least one split, received none.]`,
    ));
});
