import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { adam, tf } from '@footlight/engine';
import { bprLoss, multinomialLoss } from '@footlight/losses';
import { ease, type Network, popularity } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineExperiment } from './experiment/define-experiment.js';
import { fit } from './fit/fit.js';
import { annealed } from './fit/penalty-weight.js';
import { basketExperiment, createInteractions, createTwoTastes } from './fixtures.js';
import { runExperiment } from './run/run-experiment.js';
import { loadArtifact, saveArtifact } from './storage/artifact.js';
import type { LearnedExperiment } from './types.js';

/** A network that records its queries; its score of an item is one learned number, its penalty another. */
function createRecordingNetwork() {
  const [weight, cost] = [tf.variable(tf.zeros([1])), tf.variable(tf.scalar(1))];
  const recorded: { users: number[]; baskets: number[][] }[] = [];
  const network: Network = {
    reads: 'basket',
    parameters: { weight, cost },
    encode({ users, baskets }) {
      const { offsets, ids } = baskets!;
      recorded.push({
        users: [...users.dataSync()],
        baskets: Array.from(users.dataSync(), (_, row) => [...ids.subarray(offsets[row], offsets[row + 1])]),
      });
      const rows = offsets.length - 1;
      return { vectors: tf.ones([rows, 1, 1]), penalty: tf.mul(tf.ones([rows]), cost) as tf.Tensor1D };
    },
    score: (vectors) => tf.mul(tf.tile(vectors, [1, 5]), weight) as tf.Tensor2D,
  };
  return { network, recorded };
}

async function runFit(network: Network, train: Interactions, options: Partial<Parameters<typeof fit>[2]> = {}) {
  const epochs = [];
  const defaults = {
    loss: multinomialLoss(),
    optimizer: adam({ learningRate: 1e-9 }),
    epochs: 1,
    batchSize: 2,
    rng: createRng(1),
  };
  for await (const epoch of fit(network, train, { ...defaults, ...options })) epochs.push(epoch);
  return epochs;
}

describe('models that read baskets', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('are trained on every user once per epoch, with the whole basket as targets', async () => {
    const { network, recorded } = createRecordingNetwork();
    const train = createInteractions(
      [
        [3, 1],
        [0, 4],
        [0, 2],
        [0, 4],
        [6, 0],
      ],
      7,
      5,
    );
    const [{ loss, penaltyWeight }] = (await runFit(network, train)) as [Awaited<ReturnType<typeof runFit>>[number]];
    expect(recorded.map(({ users }) => users.length)).toEqual([2, 1]);
    const all = recorded.flatMap(({ users, baskets }) => users.map((user, row) => [user, ...baskets[row]!]));
    expect(all.sort()).toEqual([
      [0, 4, 2],
      [3, 1],
      [6, 0],
    ]);
    // Scores are equal: log 5 for each of 4 items, over 3 users; plus the penalty of 1, whose weight is 1 by default.
    expect(loss).toBeCloseTo((4 * Math.log(5)) / 3 + 1, 5);
    expect(penaltyWeight).toBeUndefined();
  });

  it('weight their penalty step by step', async () => {
    const train = createInteractions(
      [0, 1, 2].map((user) => [user, 1] as const),
      3,
      5,
    );
    const epochs = await runFit(createRecordingNetwork().network, train, {
      penalty: annealed({ cap: 0.5, steps: 4 }),
      epochs: 3,
    });
    // Two steps an epoch, of two users and of one: β = 0, 1/8 | 2/8, 3/8 | 4/8, 4/8.
    expect(epochs.map(({ penaltyWeight }) => penaltyWeight)).toEqual([0.125, 0.375, 0.5]);
    expect(epochs[0]!.loss).toBeCloseTo(Math.log(5) + (2 * 0 + 0.125) / 3, 5);
    expect(epochs[1]!.loss).toBeCloseTo(Math.log(5) + (2 * 0.25 + 0.375) / 3, 5);
  });

  it('recommend to users that they were not trained on, better than popularity', async () => {
    const ours = await runExperiment(basketExperiment);
    const { loss: _, epochs: __, ...rest } = basketExperiment;
    const floor = await runExperiment(defineExperiment({ ...rest, model: popularity() }));
    const linear = await runExperiment(defineExperiment({ ...rest, model: ease({ regularization: 10 }) }));
    expect(ours.sizes).toMatchObject({ users: 60, items: 34 });
    expect(ours.metrics['ndcg@10']!.mean).toBeGreaterThan(1.2 * floor.metrics['ndcg@10']!.mean);
    expect(linear.metrics['ndcg@10']!.mean).toBeGreaterThan(1.2 * floor.metrics['ndcg@10']!.mean);
    expect(ours.epochs.map(({ penaltyWeight }) => penaltyWeight! <= 0.2)).not.toContain(false);
    const recommended = await ours.recommender.recommend({ history: [0, 40, 80] }, 5); // even items, times ten
    expect(recommended.filter(({ item }) => Number(item) % 20 === 0).length).toBeGreaterThanOrEqual(4);
  });

  it('are restored from a file', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'footlight-')), 'model.safetensors');
    const { recommender } = await runExperiment({ ...basketExperiment, epochs: 1 });
    await saveArtifact(path, recommender, { model: basketExperiment.model });
    const loaded = await loadArtifact(path, basketExperiment.model);
    expect(await loaded.recommend({ history: [0, 40] }, 7)).toEqual(
      await recommender.recommend({ history: [0, 40] }, 7),
    );
  });

  it('need a catalogue loss', async () => {
    await expect(
      runFit(createRecordingNetwork().network, createTwoTastes(), { loss: bprLoss() }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(loss): expected a catalogue loss for a model that reads baskets, received bpr. Try multinomialLoss().]`,
    );
    expect(() =>
      defineExperiment({ ...basketExperiment, loss: bprLoss() } as LearnedExperiment),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(loss): expected a catalogue loss for mult-vae(17, 5), which reads baskets, received bpr. Try multinomialLoss().]`,
    );
  });
});
