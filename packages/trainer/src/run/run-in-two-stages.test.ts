import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { annealed, constantPenalty } from '../fit/penalty-weight.js';
import { stopEarly } from '../fit/stop-early.js';
import { basketExperiment } from '../fixtures.js';
import { runExperiment } from './run-experiment.js';
import { runInTwoStages } from './run-in-two-stages.js';

describe('runInTwoStages', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  const watched = {
    ...basketExperiment,
    penalty: annealed({ cap: 1, epochs: 12 }),
    stopEarly: stopEarly({ metric: 'ndcg@10', patience: 3 }),
  };

  it('trains again up to the weight of the best epoch of a first run', async () => {
    const { cap, search, epochs, metrics } = await runInTwoStages(watched);
    const values = search.map(({ validation }) => validation!['ndcg@10']!);
    const best = values.indexOf(Math.max(...values));
    expect(search).toHaveLength(12);
    expect(cap).toBe(search[best]!.penaltyWeight);
    expect(Math.max(...epochs.map(({ penaltyWeight }) => penaltyWeight!))).toBeLessThanOrEqual(cap);
    // Up to the cap both runs are equal.
    expect(epochs.slice(0, best).map(({ loss }) => loss)).toEqual(
      search
        .slice(0, best)
        .map(({ loss }) => loss)
        .slice(0, epochs.length),
    );
    expect(metrics).toEqual(
      (await runExperiment({ ...watched, penalty: annealed({ cap: 1, epochs: 12 }).withCap(cap) })).metrics,
    );
  });

  it('needs a penalty and a metric to choose its weight by', async () => {
    const { penalty: _, ...without } = watched;
    await expect(runInTwoStages(without)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runInTwoStages(penalty): expected a penalty weight, received none. Try annealed({ cap: 1, epochs: 100 }).]`,
    );
    await expect(
      runInTwoStages({ ...basketExperiment, penalty: constantPenalty({ weight: 1 }) }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runInTwoStages(stopEarly): expected a metric to choose the penalty weight by, received none. Try stopEarly({ metric: 'ndcg@100' }).]`,
    );
  });
});
