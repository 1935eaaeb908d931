import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holdOutUsers } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { bprLoss, squaredLoss } from '@footlight/losses';
import { ndcg, rmse } from '@footlight/metrics';
import { factorization, ials } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { createDataset, createInteractions, createTablePredictor, createTwoTastes } from '../fixtures.js';
import { createRecommender } from '../recommend/create-recommender.js';
import { compute } from '../recommend/score-history.js';
import { loadArtifact, saveArtifact } from '../storage/artifact.js';
import { runExperiment } from './run-experiment.js';

const split = holdOutUsers({ validation: 11, test: 13, targets: 0.3 });
const spec = { dataset: createDataset(createTwoTastes()), split, metrics: [ndcg({ at: 10 })], seed: 3 } as const;
const learned = defineExperiment({ ...spec, model: factorization({ dim: 4 }), loss: bprLoss(), epochs: 3 });
const { train, validation, test } = split.split(createTwoTastes(), undefined as never);
const { userIds } = train.catalogue;

describe('a recommender after a run with whole users held out', () => {
  it('folds in held-out users and looks up trained ones, from an artifact too', async () => {
    for (const experiment of [learned, defineExperiment({ ...spec, model: ials({ dim: 4 }) })]) {
      const { recommender } = await runExperiment(experiment);
      const path = join(await mkdtemp(join(tmpdir(), 'footlight-')), 'model.safetensors');
      await saveArtifact(path, recommender, { model: experiment.model });
      for (const served of [recommender, await loadArtifact(path, experiment.model)]) {
        for (const dense of [test.history.users[0]!, validation!.history.users[0]!]) {
          const user = userIds[dense]!;
          const folded = { history: served.getHistory(user) };
          expect(folded.history.length).toBeGreaterThan(0);
          expect(await served.recommend({ user }, 5)).toEqual(await served.recommend(folded, 5));
        }
        const dense = train.users[0]!;
        const queries = { users: tf.tensor1d([dense], 'int32') } as never;
        const scores = compute(() => served.predictor.score(queries));
        for (const { item, score } of await served.recommend({ user: userIds[dense]! }, 5))
          expect(score).toBe(scores[[...train.catalogue.itemIds].findIndex((id) => id === item)]);
        expect(served.getHistory(userIds[dense]!)).toHaveLength(7);
      }
    }
  });

  it('folds in their ratings after a rating loss', async () => {
    const rated = { ...learned, model: factorization({ dim: 3, globalMean: true }), loss: squaredLoss() };
    const { recommender } = await runExperiment(defineExperiment({ ...rated, metrics: [rmse()] }));
    const user = test.history.users[0]!;
    const own = [...test.history.users.keys()]
      .filter((row) => test.history.users[row] === user)
      .sort((a, b) => test.history.timestamps![a]! - test.history.timestamps![b]!);
    const history = own.map((row) => train.catalogue.itemIds[test.history.items[row]!]!);
    const ratings = own.map((row) => test.history.ratings![row]!);
    expect(await recommender.predict({ user: userIds[user]! }, 0)).toBe(
      await recommender.predict({ history, ratings }, 0),
    );
  });

  it('refuses them for a model that cannot fold in', async () => {
    const known = createInteractions(
      [
        [0, 0],
        [1, 2],
      ],
      2,
      3,
    );
    const recommender = createRecommender(
      createTablePredictor([
        [1, 2, 3],
        [3, 2, 1],
      ]),
      known,
      undefined,
      Int32Array.of(1),
    );
    expect((await recommender.recommend({ user: 100 }, 1))[0]!.item).toBe(20);
    await expect(recommender.recommend({ user: 101 }, 1)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recommend: expected a model that can rank items for user 101, received a user whom it was not trained on. It has learned nothing from these items, or it ranks for no user: give more items, or try another model.]`,
    );
  });
});
