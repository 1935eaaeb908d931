import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tf } from '@footlight/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { annealed } from '../fit/penalty-weight.js';
import { stopEarly } from '../fit/stop-early.js';
import { basketExperiment } from '../fixtures.js';
import { runExperiment } from './run-experiment.js';

describe('early stopping while the penalty weight rises', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });
  const stop = { metric: 'ndcg@10', patience: 1, minimumChange: 0.9 } as const; // no epoch improves on the first
  const annealing = { ...basketExperiment, epochs: 12, penalty: annealed({ cap: 0.2, epochs: 6 }) };

  it('neither stops training nor restores an epoch before the weight is final', async () => {
    const { epochs, bestEpoch } = await runExperiment({ ...annealing, stopEarly: stopEarly(stop) });
    // Epochs 0 to 5 end with a weight below 0.2; epoch 6 is the first that counts, epoch 7 exceeds the patience of 1.
    expect(epochs.map(({ penaltyWeight }) => penaltyWeight === 0.2)).toEqual([...Array(6).fill(false), true, true]);
    expect(bestEpoch).toBe(6);
  });

  it('counts these epochs by name', async () => {
    const counting = stopEarly({ ...stop, whileAnnealing: 'count' });
    const { epochs, bestEpoch } = await runExperiment({ ...annealing, stopEarly: counting });
    expect([epochs.length, bestEpoch]).toEqual([2, 0]);
  });

  it('refuses a weight that is never final', async () => {
    const never = { ...annealing, epochs: 6, stopEarly: stopEarly(stop) };
    await expect(runExperiment(never)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runExperiment(penalty): expected a weight that is final before the last of 6 epochs, since stopEarly waits for it, received annealed(0.2, 6 epochs). Let it rise over fewer epochs, or take stopEarly({ …, whileAnnealing: 'count' }).]`,
    );
  });

  it('restores the best epoch of a run whose checkpoint is complete', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'footlight-complete-'));
    const checkpoint = join(folder, 'run');
    const experiment = { ...annealing, stopEarly: stopEarly({ ...stop, patience: 12 }) };
    const first = await runExperiment(experiment, { checkpoint });
    const resumed = await runExperiment(experiment, { checkpoint, resume: true });
    expect(first.bestEpoch).toBe(6);
    expect(resumed).toMatchObject({ bestEpoch: 6, metrics: first.metrics });
    expect(resumed.epochs).toEqual(first.epochs);
    await rm(folder, { recursive: true });
  });
});
