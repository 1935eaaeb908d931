import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { type Interactions, popularNegatives } from '@footlight/datasets';
import { adam } from '@footlight/engine';
import { projectedEmbeddings } from '@footlight/layers';
import { bprLoss } from '@footlight/losses';
import { factorization, type Representation } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { fit } from './fit/fit.js';
import { createInteractions } from './fixtures.js';
import { createRecommender } from './recommend/create-recommender.js';
import { createPredictor } from './recommend/predictor.js';
import { loadArtifact, saveArtifact } from './storage/artifact.js';

// Even users like even items, odd users odd ones. The vectors tell even items from odd ones; the last ten items are
// cold: they have vectors, and no interactions.
function createColdItems(): Interactions {
  const pairs = Array.from({ length: 60 }, (_, user) =>
    Array.from({ length: 7 }, (_, k) => [user, (2 * (user + 3 * k) + (user % 2)) % 34] as const),
  ).flat();
  const all = createInteractions(pairs, 60, 44);
  const rng = createRng(5);
  const values = Float32Array.from({ length: 44 * 3 }, (_, at) => {
    const item = Math.floor(at / 3);
    return (at % 3 === 0 ? (item % 2 === 0 ? 2 : -2) : 0) + rng.uniform(-1, 1);
  });
  return { ...all, catalogue: { ...all.catalogue, itemVectors: { dim: 3, values } } };
}

async function train(model: Representation, data: Interactions) {
  const network = model.build(data.catalogue, createRng(1));
  const options = { loss: bprLoss(), optimizer: adam({ learningRate: 0.05 }), epochs: 8, batchSize: 32 };
  // only items with interactions are negatives, so that cold items are not pushed down
  const negatives = popularNegatives({ count: 2, exponent: 0 });
  for await (const _ of fit(network, data, { ...options, negatives, rng: createRng(2) }));
  return createRecommender(createPredictor(network), data);
}

/** The share of users whose five first cold items have mostly their own taste. */
async function measureCold(recommender: Awaited<ReturnType<typeof train>>): Promise<number> {
  const cold = Array.from({ length: 10 }, (_, at) => 10 * (34 + at));
  let right = 0;
  for (let user = 0; user < 60; user++) {
    const list = await recommender.recommend({ user: 100 + user }, 5, { allow: cold });
    const own = list.filter(({ item }) => (Number(item) / 10) % 2 === user % 2).length;
    right += own / 5;
  }
  return right / 60;
}

describe('item vectors', () => {
  it('rank items without interactions by taste, which ids alone cannot', async () => {
    const data = createColdItems();
    const withVectors = factorization({ dim: 5, itemEmbedding: projectedEmbeddings() });
    expect(await measureCold(await train(withVectors, data))).toBeGreaterThan(0.95);
    expect(await measureCold(await train(factorization({ dim: 5 }), data))).toBeLessThan(0.7);
  });

  it('are part of a saved model', async () => {
    const data = createColdItems();
    const model = factorization({ dim: 5, itemEmbedding: projectedEmbeddings() });
    const recommender = await train(model, data);
    const path = join(await mkdtemp(join(tmpdir(), 'footlight-')), 'model.safetensors');
    await saveArtifact(path, recommender, { model });
    const loaded = await loadArtifact(path, model);
    expect(loaded.catalogue.itemVectors).toEqual(data.catalogue.itemVectors);
    expect(await loaded.recommend({ user: 100 }, 5)).toEqual(await recommender.recommend({ user: 100 }, 5));
  });
});
