import type { Outcome } from '@footlight/trainer';
import { describe, expect, it } from 'vitest';
import { toSeedResult, toStoredRun } from './result.js';
import { createSeedResult as run } from './seed-result.fixture.js';

describe('toSeedResult', () => {
  it('contains metrics of the validation part, monitored test metrics and losses of a refit', () => {
    const summary = { mean: 0.3, standardError: 0.1, count: 7 };
    const outcome = {
      ...run(5, 0.1, 0.03),
      validation: { mrr: summary },
      epochs: [
        { epoch: 0, loss: 0.7, seconds: 1, test: { auc: 0.5 } },
        { epoch: 1, loss: 0.6, seconds: 1, test: { auc: 0.6 } },
      ],
      refitEpochs: [{ epoch: 0, loss: 0.8, seconds: 1 }],
    } as unknown as Outcome;
    const result = toSeedResult(outcome);
    expect(result).toMatchObject({
      validationMetrics: { mrr: summary },
      test: { auc: [0.5, 0.6] },
      refitLosses: [0.8],
    });
    expect(toStoredRun(result)).toEqual({ seed: 5, losses: [0.7, 0.6], test: { auc: [0.5, 0.6] }, refitLosses: [0.8] });
  });

  it('leaves out values per user and the model', () => {
    const outcome = {
      ...run(5, 0.1, 0.03),
      epochs: [{ epoch: 0, loss: 0.7, seconds: 1 }],
      values: {},
      recommender: {},
    } as unknown as Outcome;
    expect(Object.keys(toSeedResult(outcome))).not.toContain('recommender');
    expect(toSeedResult(outcome)).toMatchObject({ seed: 5, losses: [0.7] });
  });

  it('contains learning curves: losses, validation metrics, penalty weights, the best epoch', () => {
    const epochs = [
      { epoch: 0, loss: 0.7, seconds: 1, validation: { mrr: 0.1, auc: Number.NaN }, penaltyWeight: 0 },
      { epoch: 1, loss: 0.5, seconds: 1, penaltyWeight: 0.1 },
      { epoch: 2, loss: 0.4, seconds: 1, validation: { mrr: 0.3, auc: 0.9 }, penaltyWeight: 0.2 },
    ];
    expect(toStoredRun(toSeedResult({ ...run(5, 0.1, 0.03), epochs, bestEpoch: 2 } as unknown as Outcome))).toEqual({
      seed: 5,
      losses: [0.7, 0.5, 0.4],
      validation: { mrr: [0.1, null, 0.3], auc: [null, null, 0.9] },
      penaltyWeights: [0, 0.1, 0.2],
      bestEpoch: 2,
    });
  });

  it('contains the first stage of a two-staged experiment', () => {
    const epochs = [{ epoch: 0, loss: 0.7, seconds: 1, validation: { mrr: 0.1 }, penaltyWeight: 0.2 }];
    const outcome = { ...run(5, 0.1, 0.03), epochs, bestEpoch: 0, search: { epochs, bestEpoch: 0 } };
    expect(toStoredRun(toSeedResult(outcome as unknown as Outcome)).search).toEqual({
      losses: [0.7],
      validation: { mrr: [0.1] },
      penaltyWeights: [0.2],
      bestEpoch: 0,
    });
  });
});
