import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Dataset, holdOutUsers } from '@footlight/datasets';
import { adam, useBackend } from '@footlight/engine';
import { multinomialLoss } from '@footlight/losses';
import { ndcg } from '@footlight/metrics';
import { multVae } from '@footlight/models';
import { openResultsFolder } from '@footlight/report';
import { annealed, defineExperiment, stopEarly, twoStaged } from '@footlight/trainer';
import { beforeAll, describe, expect, it } from 'vitest';
import { runAndStore, type StoreOptions } from './run-and-store.js';

/** 61 users of two tastes, 7 of 31 items each. */
const dataset: Dataset = {
  name: 'two tastes',
  protocol: {},
  columns: { ratings: false, timestamps: false },
  load: async () => {
    const rows = Array.from({ length: 61 * 7 }, (_, row) => ({ user: Math.floor(row / 7), k: row % 7 }));
    const catalogue = {
      userCount: 61,
      itemCount: 31,
      userIds: Int32Array.from({ length: 61 }, (_, at) => at),
      itemIds: Int32Array.from({ length: 31 }, (_, at) => at),
    };
    const items = Int32Array.from(rows, ({ user, k }) => 2 * ((3 * user + 2 * k) % 15) + (user % 2));
    return { catalogue, users: Int32Array.from(rows, ({ user }) => user), items };
  },
};

const experiment = defineExperiment({
  dataset,
  split: holdOutUsers({ validation: 7, test: 11 }),
  metrics: [ndcg({ at: 10 })],
  seed: 5,
  model: multVae({ dims: [13, 3] }),
  loss: multinomialLoss(),
  optimizer: () => adam({ learningRate: 0.02 }),
  epochs: 6,
  batchSize: 17,
  penalty: annealed({ cap: 1, epochs: 4 }),
  stopEarly: stopEarly({ metric: 'ndcg@10', patience: 6 }),
});

describe('runAndStore, in two stages', () => {
  beforeAll(() => useBackend('cpu'));

  it('stores both stages, of which the second reaches the penalty weight that the first one chose', async () => {
    const run = async (chosen: Parameters<typeof runAndStore>[1]) =>
      runAndStore('own/two-stages', chosen, {
        seeds: 1,
        resume: false,
        command: 'footlight run own/two-stages',
        folder: openResultsFolder(await mkdtemp(join(tmpdir(), 'footlight-'))),
        signal: new AbortController().signal,
        onSeed: () => ({ onProgress: () => {}, onEpoch: () => {} }),
      });
    const { runs, training } = await run(twoStaged(experiment));
    const { search, penaltyWeights, bestEpoch } = runs[0]!;
    const chosen = search!.penaltyWeights![search!.bestEpoch!]!;
    expect(search!.losses).toHaveLength(6);
    expect(penaltyWeights![bestEpoch!]).toBe(chosen);
    expect(training).toMatchObject({ penalty: { name: 'annealed', cap: 1 }, twoStaged: { secondRise: 'same-epochs' } });
  });
});

describe('runAndStore, of a run that goes on without the process that trained the first seed', () => {
  beforeAll(() => useBackend('cpu'));

  it('saves the model of the first seed all the same', async () => {
    const { penalty: _, stopEarly: __, ...short } = { ...experiment, epochs: 2 };
    const root = await mkdtemp(join(tmpdir(), 'footlight-'));
    const run = (results: string, artifact: string | undefined, onSeed: StoreOptions['onSeed']) =>
      runAndStore('own/it', defineExperiment(short), {
        seeds: 2,
        resume: true,
        ...(artifact === undefined ? {} : { artifact: join(root, artifact) }),
        command: 'footlight run own/it',
        folder: openResultsFolder(join(root, results)),
        signal: new AbortController().signal,
        onSeed,
      });
    const quiet = () => ({ onProgress: () => {}, onEpoch: () => {} });
    const seeds: number[] = [];
    await run('whole', 'whole.safetensors', quiet);
    const ended = run('ended', undefined, (_seed, number) => {
      if (number === 2) throw new Error('the process ends');
      return quiet();
    });
    await expect(ended).rejects.toThrow('the process ends');
    await run('ended', 'resumed.safetensors', (seed) => {
      seeds.push(seed);
      return quiet();
    });
    expect(seeds).toEqual([5, 6]);
    const [whole, resumed] = await Promise.all(
      ['whole.safetensors', 'resumed.safetensors'].map((name) => readFile(join(root, name))),
    );
    expect(resumed!.equals(whole!)).toBe(true);
    expect(existsSync(join(root, 'ended/.unfinished/own/it'))).toBe(false);
    // Two seeds are finished: the model is that of the first again.
    await run('ended', 'again.safetensors', quiet);
    expect((await readFile(join(root, 'again.safetensors'))).equals(whole!)).toBe(true);
  });
});
