import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useBackend } from '@footlight/engine';
import { squaredLoss } from '@footlight/losses';
import { rmse } from '@footlight/metrics';
import { gfCf } from '@footlight/models';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { learnedExperiment } from '../fixtures.js';
import { runExperiment } from '../run/run-experiment.js';
import { createArtifact, describeArtifact, loadArtifact, saveArtifact } from './artifact.js';

const { model } = learnedExperiment;

async function createPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'footlight-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'model.safetensors');
}

beforeAll(() => useBackend('cpu'));

describe('createArtifact', () => {
  it('gives the bytes that saveArtifact writes, which loadArtifact takes', async () => {
    const { recommender } = await runExperiment(learnedExperiment);
    const path = await createPath();
    await saveArtifact(path, recommender, { model });
    const blob = await createArtifact(recommender, { model });
    expect(new Uint8Array(await blob.arrayBuffer())).toEqual(new Uint8Array(await readFile(path)));
    const loaded = await loadArtifact(blob, model);
    expect(await loaded.recommend({ user: 107 }, 5)).toEqual(await recommender.recommend({ user: 107 }, 5));
    expect((await describeArtifact(blob)).model.name).toBe(model.name);
    await expect(loadArtifact(blob.slice(0, -1), model)).rejects.toThrow('blob: expected a file that Footlight wrote');
  });
});

describe('artifacts without histories', () => {
  it('contain neither ids nor interactions of users, and answer histories alone', async () => {
    const { recommender } = await runExperiment(learnedExperiment);
    const blob = await createArtifact(recommender, { model }, { histories: false });
    const text = await blob.text();
    expect(text).toContain('"histories":"none"');
    const loaded = await loadArtifact(blob, model);
    expect([loaded.known.users.length, [...(loaded.catalogue.userIds as Int32Array)].includes(107)]).toEqual([
      0,
      false,
    ]);
    for (const query of [{ history: [20, 40] }, { history: [] }])
      expect(await loaded.recommend(query, 5)).toEqual(await recommender.recommend(query, 5));
    expect(loaded.has('user', 107)).toBe(false);
    await expect(loaded.recommend({ user: 107 }, 5)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend(user): expected a history, since this model was saved without users, received the user 107. Give the items of the user in history.]`,
    );
  });

  it('stay so if they are saved again', async () => {
    const { recommender } = await runExperiment(learnedExperiment);
    const once = await createArtifact(recommender, { model }, { histories: false });
    const twice = await createArtifact(await loadArtifact(once, model), { model });
    expect((await loadArtifact(twice, model)).withoutHistories).toBe(true);
  });

  it('are refused for models that contain what users chose, which are saved with histories', async () => {
    const { dataset, split, seed, metrics } = learnedExperiment;
    const graph = gfCf({ dim: 3 });
    const { recommender } = await runExperiment(defineExperiment({ dataset, split, seed, metrics, model: graph }));
    await expect(
      createArtifact(recommender, { model: graph }, { histories: false }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createArtifact(histories): expected a model whose parameters do not contain what users chose, received gf-cf(3). Leave histories out, or take another model.]`,
    );
    const loaded = await loadArtifact(await createArtifact(recommender, { model: graph }), graph);
    for (const who of [{ user: 107 }, { history: [0] }])
      expect(await loaded.recommend(who, 5)).toEqual(await recommender.recommend(who, 5));
  });

  it('are refused for models that predict ratings', async () => {
    const { negatives: _, ...rest } = learnedExperiment;
    const rated = defineExperiment({ ...rest, loss: squaredLoss(), metrics: [rmse()], epochs: 1 });
    const { recommender } = await runExperiment(rated);
    await expect(
      createArtifact(recommender, { model: rated.model }, { histories: false }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createArtifact(histories): expected a model that only ranks, received one that predicts ratings. Leave histories out.]`,
    );
  });
});
