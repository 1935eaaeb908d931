import { bprLoss, squaredLoss } from '@footlight/losses';
import { ndcg, rmse } from '@footlight/metrics';
import { factorization, popularity } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { stopEarly } from '../fit/stop-early.js';
import { createDataset, createTwoTastes, everySeventh } from '../fixtures.js';
import { defineExperiment } from './define-experiment.js';

const common = {
  dataset: createDataset(createTwoTastes()),
  split: everySeventh(),
  metrics: [ndcg({ at: 10 })],
  seed: 1,
};
const learned = { ...common, model: factorization({ dim: 3 }), loss: bprLoss(), epochs: 2 };
const unrated = { ...common.dataset, name: 'clicks', columns: { ratings: false, timestamps: true } };

describe('defineExperiment', () => {
  it('returns what it was given, frozen', () => {
    const experiment = defineExperiment(learned);
    expect(experiment).toEqual(learned);
    expect(Object.isFrozen(experiment)).toBe(true);
  });

  it('refuses parts that do not fit, before anything is loaded', () => {
    expect(() => defineExperiment({ ...common, model: popularity(), metrics: [] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(metrics): expected at least one metric, received none. Try ndcg({ at: 10 }).]`,
    );
    expect(() =>
      defineExperiment({ ...learned, metrics: [ndcg({ at: 10 }), ndcg({ at: 10 })] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(metrics): expected different metrics, received ndcg@10 twice.]`,
    );
    expect(() => defineExperiment({ ...learned, seed: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(seed): expected an integer, received 0.5.]`,
    );
    expect(() => defineExperiment({ ...learned, seen: 'hide' as 'exclude' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(seen): expected 'exclude', 'rank-last' or 'include', received hide.]`,
    );
    expect(() => defineExperiment({ ...learned, epochs: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(epochs): expected an integer from 0, received -1.]`,
    );
    expect(() => defineExperiment({ ...learned, batchSize: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(batchSize): expected a positive integer, received -1.]`,
    );
    expect(() =>
      defineExperiment({ ...learned, dataset: unrated, loss: squaredLoss() }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(loss): expected ranking or catalogue loss for clicks, which has no ratings, received squared. Try bprLoss(), or name the rating column.]`,
    );
    expect(() =>
      defineExperiment({ ...learned, dataset: unrated, metrics: [rmse()] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(metrics): expected a dataset with ratings for rating metrics, received clicks. Choose ranking metrics or name the rating column.]`,
    );
    expect(() =>
      defineExperiment({ ...learned, stopEarly: stopEarly({ metric: 'recall@5' }) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(stopEarly.metric): expected one of ndcg@10, received recall@5.]`,
    );
  });
});
