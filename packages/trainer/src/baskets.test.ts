import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { holdOutUsers, type Interactions } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { bprLoss, multinomialLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { ease, multVae, type Network, popularity } from '@footlight/models';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineExperiment, type LearnedExperiment } from './experiment/define-experiment.js';
import { twoStaged } from './experiment/two-staged.js';
import { fit } from './fit/fit.js';
import { annealed, constantPenalty } from './fit/penalty-weight.js';
import { plateau } from './fit/plateau.js';
import { stopEarly } from './fit/stop-early.js';
import { createDataset, createInteractions, createTwoTastes } from './fixtures.js';
import { toModelInput } from './recommend/predictor.js';
import type { EpochReport } from './run/report.js';
import { runExperiment } from './run/run-experiment.js';
import { runInTwoStages } from './run/run-in-two-stages.js';
import { loadArtifact, saveArtifact } from './storage/artifact.js';

/** A network that keeps what it was asked; its score of an item is one learned number, its penalty another. */
function listening() {
  const [weight, cost] = [tf.variable(tf.zeros([1])), tf.variable(tf.scalar(1))];
  const heard: { users: number[]; baskets: number[][] }[] = [];
  const network: Network = {
    reads: 'basket',
    parameters: { weight, cost },
    encode({ users, baskets }) {
      const { offsets, ids } = baskets!;
      heard.push({
        users: [...users.dataSync()],
        baskets: Array.from(users.dataSync(), (_, row) => [...ids.subarray(offsets[row], offsets[row + 1])]),
      });
      const rows = offsets.length - 1;
      return { vectors: tf.ones([rows, 1, 1]), penalty: tf.mul(tf.ones([rows]), cost) as tf.Tensor1D };
    },
    score: (vectors) => tf.mul(tf.tile(vectors, [1, 5]), weight) as tf.Tensor2D,
  };
  return { network, heard };
}

async function drain(network: Network, train: Interactions, options: Partial<Parameters<typeof fit>[2]> = {}) {
  const epochs = [];
  const usual = {
    loss: multinomialLoss(),
    optimizer: adam({ learningRate: 1e-9 }),
    epochs: 1,
    batchSize: 2,
    rng: createRng(1),
  };
  for await (const epoch of fit(network, train, { ...usual, ...options })) epochs.push(epoch);
  return epochs;
}

/** People of two tastes, some of whom are held out. */
const shared: LearnedExperiment = defineExperiment({
  dataset: createDataset(createTwoTastes()),
  split: holdOutUsers({ validation: 11, test: 13, targets: 0.3 }),
  metrics: [ndcg({ at: 10 })],
  seed: 3,
  model: multVae({ dims: [17, 5] }),
  loss: multinomialLoss(),
  optimizer: () => adam({ learningRate: 0.02 }),
  epochs: 12,
  batchSize: 7,
  penalty: annealed({ cap: 0.2, epochs: 6 }),
});

describe('models that read baskets', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('are shown whole histories, each item once', () => {
    const { baskets, time, history } = toModelInput(
      [Int32Array.of(4, 1, 4, 2), new Int32Array(0), Int32Array.of(3)],
      'basket',
    );
    expect([[...baskets!.offsets], [...baskets!.ids]]).toEqual([
      [0, 3, 3, 4],
      [4, 1, 2, 3],
    ]);
    expect([time, history.length]).toEqual([1, 3]);
  });

  it('are trained on every user once an epoch, and asked for all that the user has', async () => {
    const { network, heard } = listening();
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
    const [{ loss, penaltyWeight }] = (await drain(network, train)) as [Awaited<ReturnType<typeof drain>>[number]];
    expect(heard.map(({ users }) => users.length)).toEqual([2, 1]);
    const all = heard.flatMap(({ users, baskets }) => users.map((user, row) => [user, ...baskets[row]!]));
    expect(all.sort()).toEqual([
      [0, 4, 2],
      [3, 1],
      [6, 0],
    ]);
    // Scores are equal: log 5 for each of 4 items, over 3 users; and the penalty of 1, whose weight is 1 where none is given.
    expect(loss).toBeCloseTo((4 * Math.log(5)) / 3 + 1, 5);
    expect(penaltyWeight).toBeUndefined();
  });

  it('weigh their penalty step by step', async () => {
    const train = createInteractions(
      [0, 1, 2].map((user) => [user, 1] as const),
      3,
      5,
    );
    const epochs = await drain(listening().network, train, { penalty: annealed({ cap: 0.5, steps: 4 }), epochs: 3 });
    // Two steps an epoch, of two users and of one: β = 0, 1/8 | 2/8, 3/8 | 4/8, 4/8.
    expect(epochs.map(({ penaltyWeight }) => penaltyWeight)).toEqual([0.125, 0.375, 0.5]);
    expect(epochs[0]!.loss).toBeCloseTo(Math.log(5) + (2 * 0 + 0.125) / 3, 5);
    expect(epochs[1]!.loss).toBeCloseTo(Math.log(5) + (2 * 0.25 + 0.375) / 3, 5);
  });

  it('recommend to people who were not there, better than popularity does', async () => {
    const ours = await runExperiment(shared);
    const { loss: _, epochs: __, ...rest } = shared;
    const floor = await runExperiment(defineExperiment({ ...rest, model: popularity() }));
    const linear = await runExperiment(defineExperiment({ ...rest, model: ease({ regularization: 10 }) }));
    expect(ours.sizes).toMatchObject({ users: 60, items: 34 });
    expect(ours.metrics['ndcg@10']!.mean).toBeGreaterThan(1.2 * floor.metrics['ndcg@10']!.mean);
    expect(linear.metrics['ndcg@10']!.mean).toBeGreaterThan(1.2 * floor.metrics['ndcg@10']!.mean);
    expect(ours.epochs.map(({ penaltyWeight }) => penaltyWeight! <= 0.2)).not.toContain(false);
    const stranger = await ours.recommender.recommend({ history: [0, 40, 80] }, 5); // even items; ids are ten times that
    expect(stranger.filter(({ item }) => Number(item) % 20 === 0).length).toBeGreaterThanOrEqual(4);
  });

  it('come back from a file', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'footlight-')), 'model.safetensors');
    const { recommender } = await runExperiment({ ...shared, epochs: 1 });
    await saveArtifact(path, recommender, { model: shared.model });
    const loaded = await loadArtifact(path, shared.model);
    expect(await loaded.recommend({ history: [0, 40] }, 7)).toEqual(
      await recommender.recommend({ history: [0, 40] }, 7),
    );
  });

  it('need a catalogue loss', async () => {
    await expect(
      drain(listening().network, createTwoTastes(), { loss: bprLoss() }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(loss): expected a catalogue loss for a model that reads baskets, received bpr. Try multinomialLoss().]`,
    );
    expect(() =>
      defineExperiment({ ...shared, loss: bprLoss() } as LearnedExperiment),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(loss): expected a catalogue loss for mult-vae(17, 5), which reads baskets, received bpr. Try multinomialLoss().]`,
    );
  });
});

describe('runExperiment with a schedule that goes by the validation part', () => {
  it('measures it after every epoch', async () => {
    const schedule = plateau({ metric: 'ndcg@10', patience: 0, factor: 0.5, threshold: 0.9 });
    const { epochs, bestEpoch } = await runExperiment({ ...shared, epochs: 3, schedule });
    expect(epochs.map(({ validation }) => typeof validation!['ndcg@10'])).toEqual(['number', 'number', 'number']);
    expect(bestEpoch).toBeUndefined();
  });

  it('falls while training, so that less is learned', async () => {
    const weightsAfter = async (schedule: ReturnType<typeof plateau>) => {
      const { recommender } = await runExperiment({ ...shared, epochs: 3, schedule });
      return (recommender.predictor.parameters['item'] as { weight: tf.Variable }).weight.dataSync();
    };
    const options = { metric: 'ndcg@10', factor: 0.01, threshold: 0.9 };
    const [patient, hasty] = [
      await weightsAfter(plateau({ ...options, patience: 9 })),
      await weightsAfter(plateau({ ...options, patience: 0 })),
    ];
    expect(hasty).not.toEqual(patient);
  });

  it('knows its metric', () =>
    expect(() =>
      defineExperiment({ ...shared, schedule: plateau({ metric: 'mrr' }) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: defineExperiment(schedule.metric): expected one of ndcg@10, received mrr.]`,
    ));
});

describe('runInTwoStages', () => {
  const watched = {
    ...shared,
    penalty: annealed({ cap: 1, epochs: 12 }),
    stopEarly: stopEarly({ metric: 'ndcg@10', patience: 3 }),
  };

  it('takes the weight of the best epoch of a run whose weight rises, and trains anew up to it', async () => {
    const { cap, search, epochs, metrics } = await runInTwoStages(watched);
    const values = search.map(({ validation }) => validation!['ndcg@10']!);
    const best = values.indexOf(Math.max(...values));
    expect(search).toHaveLength(12);
    expect(cap).toBe(search[best]!.penaltyWeight);
    expect(Math.max(...epochs.map(({ penaltyWeight }) => penaltyWeight!))).toBeLessThanOrEqual(cap);
    // Up to the cap both runs are the same.
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

  it('is how runExperiment runs an experiment that is two-staged', async () => {
    const { epochs, values } = await runExperiment(twoStaged({ ...watched, epochs: 4 }));
    const stages = await runInTwoStages({ ...watched, epochs: 4 });
    const once = await runExperiment({ ...watched, epochs: 4 });
    const weights = (reports: readonly EpochReport[]) => reports.map(({ penaltyWeight }) => penaltyWeight);
    expect(weights(epochs)).toEqual(weights(stages.epochs));
    expect(values).toEqual(stages.values);
    expect(weights(once.epochs)).not.toEqual(weights(epochs));
  });

  it('needs a penalty and something to choose by', async () => {
    const { penalty: _, ...without } = watched;
    await expect(runInTwoStages(without)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runInTwoStages(penalty): expected a weight of the penalty, received none. Try annealed({ cap: 1, epochs: 100 }).]`,
    );
    await expect(
      runInTwoStages({ ...shared, penalty: constantPenalty({ weight: 1 }) }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: runInTwoStages(stopEarly): expected a metric to choose by, received none. Try stopEarly({ metric: 'ndcg@100' }).]`,
    );
  });
});
