import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ratingScale } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { logisticRatingLoss, squaredLoss } from '@footlight/losses';
import { rmse } from '@footlight/metrics';
import { factorization, popularity } from '@footlight/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { createDataset, createTwoTastes, learnedExperiment, sharedSpec } from '../fixtures.js';
import { runExperiment } from '../run/run-experiment.js';
import { describeArtifact, loadArtifact, saveArtifact } from './artifact.js';

const createPath = async (name: string) => join(await mkdtemp(join(tmpdir(), 'footlight-')), name);

describe('artifacts', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  it('recommend without the data like the model that was saved', async () => {
    const path = await createPath('model.safetensors');
    const outcome = await runExperiment(learnedExperiment);
    await saveArtifact(path, outcome.recommender, {
      model: learnedExperiment.model,
      protocol: outcome.protocol,
      metrics: { mrr: outcome.metrics['mrr']!.mean },
    });
    const loaded = await loadArtifact(path, factorization({ dim: 5 }));
    for (const query of [{ user: 107 }, { history: [20, 40] }, { history: [] }])
      expect(await loaded.recommend(query, 5)).toEqual(await outcome.recommender.recommend(query, 5));
    expect(await loaded.similarItems(20, 3)).toEqual(await outcome.recommender.similarItems(20, 3));
    expect(await describeArtifact(path)).toMatchObject({
      model: { name: 'factorization(5)' },
      protocol: { hash: outcome.protocol.hash },
    });
  });

  it('predict ratings if loaded with their loss and scale, and refuse others', async () => {
    const path = await createPath('ratings.safetensors');
    const scale = ratingScale({ from: [1, 5] });
    const { negatives: _, ...rest } = learnedExperiment;
    const rated = defineExperiment({ ...rest, loss: squaredLoss(), ratingScale: scale, metrics: [rmse()], epochs: 1 });
    const outcome = await runExperiment(rated);
    await saveArtifact(path, outcome.recommender, { model: rated.model });
    const loaded = await loadArtifact(path, rated.model, { loss: squaredLoss(), scale });
    expect(await loaded.predict({ user: 107 }, 40)).toBe(await outcome.recommender.predict({ user: 107 }, 40));
    const stranger = { history: [20, 40], ratings: [5, 1] }; // folded in by the ratings that the artifact contains
    expect(await loaded.predict(stranger, 30)).toBe(await outcome.recommender.predict(stranger, 30));
    expect(loaded.ratingRange).toEqual([1, 5]);
    await expect(
      loadArtifact(path, rated.model, { loss: logisticRatingLoss(), scale }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: loadArtifact(ratings): expected {"loss":"squared","scale":{"from":[1,5],"name":"rating-scale","to":[0,1]}}, received {"loss":"logistic-rating","scale":{"from":[1,5],"name":"rating-scale","to":[0,1]}}. Pass the loss and scale it was trained with.]`,
    );
  });

  it('contain the features of users and items', async () => {
    const path = await createPath('features.safetensors');
    const all = createTwoTastes();
    const parity = Array.from({ length: 34 }, (_, item) => item % 2);
    const itemFeatures = {
      names: ['parity=even', 'parity=odd'],
      offsets: Int32Array.from({ length: 35 }, (_, item) => item),
      ids: Int32Array.from(parity),
    };
    const itemVectors = { dim: 3, values: Float32Array.from({ length: 34 * 3 }, (_, at) => at / 2) };
    const told = { ...all, catalogue: { ...all.catalogue, itemFeatures, itemVectors } };
    const outcome = await runExperiment(
      defineExperiment({ ...sharedSpec, dataset: createDataset(told), model: popularity() }),
    );
    await saveArtifact(path, outcome.recommender, { model: popularity() });
    const { catalogue } = await loadArtifact(path, popularity());
    expect([catalogue.itemFeatures, catalogue.itemVectors]).toEqual([itemFeatures, itemVectors]);
  });

  it('contain counted models and text ids', async () => {
    const path = await createPath('popularity.safetensors');
    const all = createTwoTastes();
    const named = { ...all, catalogue: { ...all.catalogue, itemIds: all.catalogue.itemTitles! } };
    const outcome = await runExperiment(
      defineExperiment({ ...sharedSpec, dataset: createDataset(named), model: popularity() }),
    );
    await saveArtifact(path, outcome.recommender, { model: popularity() });
    const loaded = await loadArtifact(path, popularity());
    expect(await loaded.recommend({ history: ['Item A'] }, 3)).toEqual(
      await outcome.recommender.recommend({ history: ['Item A'] }, 3),
    );
  });

  it('are refused with another model, and checkpoints are not artifacts', async () => {
    const path = await createPath('model.safetensors');
    const checkpoint = await createPath('checkpoint');
    const outcome = await runExperiment(defineExperiment({ ...learnedExperiment, epochs: 1 }), { checkpoint });
    await saveArtifact(path, outcome.recommender, { model: learnedExperiment.model });
    await expect(loadArtifact(path, popularity())).rejects.toThrow(
      /loadArtifact\(model\): expected factorization\(5\) with .*, received popularity with/,
    );
    await expect(describeArtifact(checkpoint)).rejects.toThrow(
      'checkpoint: expected a saved model, received the checkpoint of a run. Name a file that footlight run --save',
    );
  });
});
