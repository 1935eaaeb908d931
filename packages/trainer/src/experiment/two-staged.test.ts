import { tf } from '@footlight/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { annealed } from '../fit/penalty-weight.js';
import { stopEarly } from '../fit/stop-early.js';
import { basketExperiment } from '../fixtures.js';
import { runExperiment } from '../run/run-experiment.js';
import { runInTwoStages } from '../run/run-in-two-stages.js';
import type { EpochReport } from '../types.js';
import { twoStaged } from './two-staged.js';

describe('twoStaged', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  const watched = {
    ...basketExperiment,
    epochs: 5,
    penalty: annealed({ cap: 1, epochs: 3 }),
    stopEarly: stopEarly({ metric: 'ndcg@10', patience: 3 }),
  };

  it('makes runExperiment run both stages', async () => {
    const { epochs, values, search } = await runExperiment(twoStaged(watched));
    const stages = await runInTwoStages(watched);
    const weights = (reports: readonly EpochReport[]) => reports.map(({ penaltyWeight }) => penaltyWeight);
    expect(weights(epochs)).toEqual(weights(stages.epochs));
    expect(search?.bestEpoch).toBe(stages.search.bestEpoch);
    expect(values).toEqual(stages.values);
    expect((await runExperiment(watched)).search).toBeUndefined();
  });

  it('refuses a rise that it does not know', () =>
    expect(() => twoStaged(watched, { secondRise: 'slope' as 'same-slope' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: twoStaged(secondRise): expected 'same-epochs' or 'same-slope', received slope.]`,
    ));
});
