import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { adam } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { bprLoss } from '@footlight/losses';
import { lightGcn } from '@footlight/models';
import { expect, it } from 'vitest';
import { fit } from './fit/fit.js';
import { createInteractions } from './fixtures.js';
import { createRecommender } from './recommend/create-recommender.js';
import { createPredictor } from './recommend/predictor.js';
import { loadArtifact, saveArtifact } from './storage/artifact.js';

// Even users like even items, odd users odd ones.
const train = createInteractions(
  Array.from({ length: 30 }, (_, user) =>
    Array.from({ length: 7 }, (_, k) => [user, (2 * (user + 3 * k) + (user % 2)) % 34] as const),
  ).flat(),
  30,
  34,
);

async function fitModel(regularization: number) {
  const model = lightGcn({ dim: 5, layers: 2, regularization });
  const network = model.build({ ...train.catalogue, interactions: train }, createRng(1));
  const options = { loss: bprLoss(), optimizer: adam({ learningRate: 0.05 }), epochs: 4, batchSize: 32 };
  for await (const _ of fit(network, train, { ...options, rng: createRng(2) }));
  return { model, network, recommender: createRecommender(createPredictor(network), train) };
}

it('lightGcn is saved with its propagated vectors, also if it has not answered yet', async () => {
  const { model, recommender } = await fitModel(1e-4);
  const path = join(await mkdtemp(join(tmpdir(), 'footlight-light-gcn-')), 'model.safetensors');
  await saveArtifact(path, recommender, { model });
  const loaded = await loadArtifact(path, model);
  for (const who of [{ user: 103 }, { history: [20, 40] }]) {
    const list = await recommender.recommend(who, 5);
    expect(await loaded.recommend(who, 5)).toEqual(list);
    const parity = 'user' in who ? 1 : 0;
    expect(list.every(({ item }) => (Number(item) / 10) % 2 === parity)).toBe(true);
  }
});

it('lightGcn has shorter embeddings with a larger penalty', async () => {
  const measure = async (regularization: number) => {
    const parameters = collectParameters((await fitModel(regularization)).network.parameters);
    return ['user/weight', 'item/weight'].map((path) => Math.hypot(...parameters.get(path)!.dataSync()));
  };
  const [free, held] = [await measure(0), await measure(1)];
  expect(held[0]!).toBeLessThan(0.7 * free[0]!);
  expect(held[1]!).toBeLessThan(0.7 * free[1]!);
});
