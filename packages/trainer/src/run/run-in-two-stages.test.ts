import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tf } from '@footlight/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { twoStaged } from '../experiment/two-staged.js';
import { annealed, constantPenalty } from '../fit/penalty-weight.js';
import { stopEarly } from '../fit/stop-early.js';
import { basketExperiment } from '../fixtures.js';
import type { EpochReport } from '../types.js';
import { runExperiment } from './run-experiment.js';
import { runInTwoStages } from './run-in-two-stages.js';

describe('runInTwoStages', () => {
  let folder: string;
  beforeAll(async () => {
    await tf.setBackend('cpu');
    folder = await mkdtemp(join(tmpdir(), 'footlight-two-stages-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const watched = {
    ...basketExperiment,
    epochs: 12,
    penalty: annealed({ cap: 1, epochs: 8 }),
    stopEarly: stopEarly({ metric: 'ndcg@10', patience: 2 }),
  };
  const listWeights = (epochs: readonly EpochReport[]) => epochs.map(({ penaltyWeight }) => penaltyWeight!);
  const listValues = (epochs: readonly EpochReport[]) => epochs.map(({ validation }) => validation!['ndcg@10']!);

  it('chooses the weight of the best epoch of a complete first run, and restores an epoch that has it', async () => {
    const { cap, search, epochs, bestEpoch, metrics } = await runInTwoStages(watched);
    const values = listValues(search.epochs);
    const best = values.indexOf(Math.max(...values));
    expect(search.epochs).toHaveLength(12);
    expect(listWeights(search.epochs).slice(8)).toEqual([1, 1, 1, 1]);
    expect(search.bestEpoch).toBe(best);
    expect(cap).toBe(search.epochs[best]!.penaltyWeight);
    // The chosen weight is reached, after 8 epochs as in the first run, before anything stops or is restored.
    expect(epochs.findIndex(({ penaltyWeight }) => penaltyWeight === cap)).toBe(8);
    expect(epochs[bestEpoch!]!.penaltyWeight).toBe(cap);
    expect(listValues(epochs.slice(8)).indexOf(Math.max(...listValues(epochs.slice(8))))).toBe(bestEpoch! - 8);
    const direct = await runExperiment({ ...watched, penalty: annealed({ cap, epochs: 8 }) });
    expect(metrics).toEqual(direct.metrics);
  });

  it('can rise as fast as in the first run, with which it agrees up to the chosen weight', async () => {
    const { cap, search, epochs, bestEpoch } = await runInTwoStages(twoStaged(watched, { secondRise: 'same-slope' }));
    const reached = search.bestEpoch;
    expect(epochs.slice(0, reached).map(({ loss }) => loss)).toEqual(
      search.epochs.slice(0, reached).map(({ loss }) => loss),
    );
    expect(Math.max(...listWeights(epochs))).toBe(cap);
    expect(epochs[bestEpoch!]!.penaltyWeight).toBe(cap);
  });

  it('describes the training as defined, whatever weight was chosen', async () => {
    const { training } = await runInTwoStages(twoStaged({ ...watched, epochs: 10 }));
    expect(training).toMatchObject({
      penalty: { name: 'annealed', cap: 1, epochs: 8 },
      stopEarly: { patience: 2, whileAnnealing: 'wait' },
      twoStaged: { secondRise: 'same-epochs' },
    });
  });

  it.each([3, 15])('continues after it was stopped after %i epochs of both stages', async (stopAfter) => {
    const checkpoint = join(folder, `after-${stopAfter}`);
    const stop = new AbortController();
    let count = 0;
    const onEpoch = () => {
      if (++count === stopAfter) stop.abort(new Error('stopped'));
    };
    await expect(runInTwoStages(watched, { checkpoint, onEpoch, signal: stop.signal })).rejects.toThrow('stopped');
    const [resumed, whole] = [
      await runInTwoStages(watched, { checkpoint, resume: true }),
      await runInTwoStages(watched),
    ];
    const withoutSeconds = (epochs: readonly EpochReport[]) => epochs.map(({ seconds: _, ...rest }) => rest);
    expect(resumed.cap).toBe(whole.cap);
    expect(withoutSeconds(resumed.search.epochs)).toEqual(withoutSeconds(whole.search.epochs));
    expect(withoutSeconds(resumed.epochs)).toEqual(withoutSeconds(whole.epochs));
    expect(resumed).toMatchObject({ bestEpoch: whole.bestEpoch, metrics: whole.metrics });
  });

  it('needs a penalty, and a metric to choose its weight by that waits for it', async () => {
    const { penalty: _, ...without } = watched;
    await expect(runInTwoStages(without)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runInTwoStages(penalty): expected a penalty weight, received none. Try annealed({ cap: 1, epochs: 80 }).]`,
    );
    await expect(
      runInTwoStages({ ...basketExperiment, penalty: constantPenalty({ weight: 1 }) }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runInTwoStages(stopEarly): expected a metric to choose the penalty weight by, received none. Try stopEarly({ metric: 'ndcg@100' }).]`,
    );
    await expect(
      runInTwoStages({ ...watched, stopEarly: stopEarly({ metric: 'ndcg@10', whileAnnealing: 'count' }) }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runInTwoStages(stopEarly.whileAnnealing): expected wait, so that the second run reaches the chosen weight, received count.]`,
    );
  });
});
