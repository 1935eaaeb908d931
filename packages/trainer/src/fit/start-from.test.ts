import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { adam } from '@footlight/engine';
import { collectParameters, disposeParameters } from '@footlight/layers';
import { bprLoss } from '@footlight/losses';
import { factorization, popularity } from '@footlight/models';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { createTwoTastes, learnedExperiment, sharedSpec } from '../fixtures.js';
import { runExperiment } from '../run/run-experiment.js';
import { saveArtifact } from '../storage/artifact.js';
import { fit } from './fit.js';

const save = async (epochs: number) => {
  const experiment = defineExperiment({ ...learnedExperiment, epochs });
  const outcome = await runExperiment(experiment);
  const path = join(await mkdtemp(join(tmpdir(), 'footlight-')), 'model.safetensors');
  await saveArtifact(path, outcome.recommender, { model: experiment.model });
  return { path, outcome };
};

describe('continuing a training from an artifact', () => {
  it('starts from its parameters, and says so in the report', async () => {
    const { path, outcome } = await save(6);
    const before = tf.memory().numTensors;
    const again = await runExperiment(defineExperiment({ ...learnedExperiment, epochs: 2 }), { from: path });
    disposeParameters(again.recommender.predictor.parameters);
    expect(tf.memory().numTensors).toBe(before);
    expect(again.epochs[0]!.loss).toBeLessThan(outcome.epochs[2]!.loss);
    expect(again.epochs[0]!.loss).toBeLessThan(0.9 * outcome.epochs[0]!.loss);
    expect(again.training!['from']).toMatch(/^[0-9a-f]{12}$/);
    expect(outcome.training).not.toHaveProperty('from');
  });

  it('is refused with another model, and for models that are not trained', async () => {
    const { path } = await save(1);
    await expect(
      runExperiment(defineExperiment({ ...learnedExperiment, model: factorization({ dim: 7 }) }), { from: path }),
    ).rejects.toThrow(/expected factorization\(5\) with .* received factorization\(7\) with/);
    await expect(
      runExperiment(defineExperiment({ ...sharedSpec, model: popularity() }), { from: path }),
    ).rejects.toThrow('runExperiment(from): expected a model that is trained, received popularity, which is computed');
  });

  it('is refused with new or missing users and items', async () => {
    const { outcome } = await save(1);
    const all = createTwoTastes();
    const options = { loss: bprLoss(), optimizer: adam({ learningRate: 0.01 }), epochs: 1, batchSize: 32 };
    const start = (ids: { userIds?: number[]; itemIds?: number[] }) => {
      const catalogue = {
        ...all.catalogue,
        ...ids,
        userCount: ids.userIds?.length ?? all.catalogue.userCount,
        itemCount: ids.itemIds?.length ?? all.catalogue.itemCount,
      };
      const network = factorization({ dim: 5 }).build(catalogue, createRng(1));
      const train = { ...all, catalogue: catalogue as typeof all.catalogue };
      return fit(network, train, { ...options, rng: createRng(1), from: outcome.recommender }).next();
    };
    const [users, items] = [Array.from(all.catalogue.userIds, Number), Array.from(all.catalogue.itemIds, Number)];
    await expect(start({ userIds: [...users, 7, 8] })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(from): expected users that the model was trained on, received 2 new: 7, 8. Train a new model on all data, or filter the new ones out.]`,
    );
    await expect(start({ itemIds: [...items].reverse() })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(from): expected the 34 items that the model was trained on, in their order, received them in another order. Continue with data of the same users and items.]`,
    );
    await expect(start({})).resolves.toMatchObject({ done: false });
  });

  it('copies the parameters, so that the model stays as it was', async () => {
    const { outcome } = await save(1);
    const network = factorization({ dim: 5 }).build(createTwoTastes().catalogue, createRng(1));
    const before = collectParameters(outcome.recommender.predictor.parameters).get('item/weight')!.dataSync().slice();
    const options = { loss: bprLoss(), optimizer: adam({ learningRate: 0.01 }), epochs: 1, batchSize: 32 };
    await fit(network, createTwoTastes(), { ...options, rng: createRng(1), from: outcome.recommender }).next();
    const after = collectParameters(outcome.recommender.predictor.parameters).get('item/weight')!.dataSync();
    expect([...after]).toEqual([...before]);
  });
});
