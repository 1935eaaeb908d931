import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { windowTargets } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { sigmoidBprLoss, softmaxLoss } from '@footlight/losses';
import { mrr, precision, recall } from '@footlight/metrics';
import { sequenceLstm } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineExperiment } from './experiment/define-experiment.js';
import { createDataset, createInteractions, everySeventh } from './fixtures.js';
import type { Recommender } from './recommend/types.js';
import { runExperiment } from './run/run-experiment.js';
import { loadArtifact, saveArtifact } from './storage/artifact.js';

// Five items in a circle; user u of 31 chooses them in order from item u on, seven in all. Original ids of items are 0,
// 10, 20, 30, 40.
const circle = createInteractions(
  Array.from({ length: 31 }, (_, user) =>
    Array.from({ length: 7 }, (_, step) => [user, (user + step) % 5] as const),
  ).flat(),
  31,
  5,
);
const experiment = defineExperiment({
  dataset: createDataset(circle),
  split: windowTargets(everySeventh(), { length: 3, minimum: 2 }),
  metrics: [mrr(), precision({ at: 1 })],
  seen: 'include',
  seed: 3,
  model: sequenceLstm({ dim: 5, history: 2 }),
  loss: sigmoidBprLoss(),
  windows: { length: 3, firstTarget: true },
  epochs: 37,
  batchSize: 31,
});

describe('a sequence model', () => {
  let recommender: Recommender;
  beforeAll(async () => {
    const outcome = await runExperiment(experiment);
    expect(outcome.metrics['precision@1']!.mean).toBe(1); // the next item is certain
    recommender = outcome.recommender;
  });
  const first = async (history: (string | number)[]) =>
    (await recommender.recommend({ history }, 1, { repeat: true }))[0]!.item;

  it('recommends to a new user with one item', async () => {
    expect([await first([20]), await first(['40'])]).toEqual([30, 0]);
  });

  it('recommends to a user with 10,000 items by the last items', async () => {
    const items = Array.from({ length: 10_000 }, (_, step) => 10 * ((step + 3) % 5)); // ends with 10, 20
    expect(await first(items)).toBe(30);
  });

  it('recommends to a user without history', async () => {
    const scores = (await recommender.recommend({ history: [] }, 5)).map(({ score }) => score);
    expect(scores.length).toBe(5);
    expect(scores.every(Number.isFinite)).toBe(true);
  });

  it('reports the unknown item of a history', async () => {
    await expect(recommender.recommend({ history: [10, 11] }, 1)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend(item): expected an item id of the catalogue, received 11. Ids are those of the source.]`,
    );
  });

  it('has the same mean loss with a training example per target, and learns the circle', async () => {
    const whole = { ...experiment, loss: softmaxLoss(), epochs: 1, batchSize: 10_000 } as const;
    const { negatives: _, ...one } = whole as typeof whole & { negatives?: never };
    const split = { ...one, windows: { ...experiment.windows, layout: 'subsequences' } } as const;
    const [windows, subsequences] = [await runExperiment(one), await runExperiment(split)];
    expect(subsequences.epochs[0]!.loss).toBeCloseTo(windows.epochs[0]!.loss, 5);
    const { metrics, training } = await runExperiment({ ...experiment, windows: split.windows });
    expect(metrics['precision@1']!.mean).toBe(1);
    expect(training).toMatchObject({ windows: { length: 3, firstTarget: true, layout: 'subsequences' } });
    await expect(
      runExperiment({ ...experiment, windows: { length: 3, layout: 'rows' as 'windows' } }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(windows.layout): expected 'windows' or 'subsequences', received rows.]`,
    );
  });

  it('learns, ranks, recommends and is saved with a perceptron as scorer', async () => {
    const model = sequenceLstm({ dim: 5, history: 2, scorer: { hidden: [17] } });
    const learned = await runExperiment({ ...experiment, model, optimizer: () => adam({ learningRate: 0.03 }) });
    expect(learned.metrics['precision@1']!.mean).toBe(1);
    const path = join(await mkdtemp(join(tmpdir(), 'footlight-')), 'scorer.safetensors');
    await saveArtifact(path, learned.recommender, { model });
    const query = { history: [20, 30] };
    const expected = await learned.recommender.recommend(query, 5, { repeat: true });
    expect(expected[0]!.item).toBe(40);
    const loaded = await loadArtifact(path, model);
    expect(await loaded.recommend(query, 5, { repeat: true })).toEqual(expected);
    await expect(loadArtifact(path, sequenceLstm({ dim: 5, history: 2 }))).rejects.toThrow('scorer');
  });

  it('has the last items of a window as targets together: precision and recall at their number are equal', async () => {
    const { windows, ...rest } = experiment;
    const { metrics } = await runExperiment({
      ...rest,
      epochs: 1,
      windows: { ...windows, length: 4 },
      split: windowTargets(everySeventh(), { length: 4, minimum: 4, targets: { last: 2 } }),
      metrics: [precision({ at: 2 }), recall({ at: 2 })],
    });
    expect(metrics['precision@2']).toEqual(metrics['recall@2']);
    expect(metrics['precision@2']!.count).toBe(31); // 7 items of each of 31 users: one window of 4
  });

  it('needs a user with more than one item to learn what comes next', async () => {
    const single = createInteractions(
      Array.from({ length: 7 }, (_, user) => [user, user % 5] as const),
      7,
      5,
    );
    const { windows: _, ...rest } = experiment;
    await expect(
      runExperiment({ ...rest, dataset: createDataset(single), split: everySeventh(), cold: 'include' }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(windows): expected at least one window, received none. Every history is shorter than the minimum length.]`,
    );
  });
});
