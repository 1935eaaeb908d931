import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '@footlight/core';
import { adam, tf } from '@footlight/engine';
import { bloomEmbeddings, collectParameters, disposeParameters } from '@footlight/layers';
import { bprLoss } from '@footlight/losses';
import { factorization, multVae, popularity, type Representation } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { defineExperiment } from '../experiment/define-experiment.js';
import { createInteractions, createTwoTastes, learnedExperiment, sharedSpec } from '../fixtures.js';
import { createRecommender } from '../recommend/create-recommender.js';
import { createPredictor } from '../recommend/predictor.js';
import { runExperiment } from '../run/run-experiment.js';
import { loadArtifact, saveArtifact } from '../storage/artifact.js';
import { fit } from './fit.js';
import { describeTrainingStart, startFrom } from './start-from.js';

const save = async (epochs: number) => {
  const experiment = defineExperiment({ ...learnedExperiment, epochs });
  const outcome = await runExperiment(experiment);
  const path = join(await mkdtemp(join(tmpdir(), 'footlight-')), 'model.safetensors');
  await saveArtifact(path, outcome.recommender, { model: experiment.model });
  return { path, outcome };
};

/** The two tastes, and two more users. */
function createMoreUsers() {
  const { users, items } = createTwoTastes();
  const pairs = Array.from(users, (user, row) => [user, items[row]!] as const);
  const more = [60, 61].flatMap((user) => Array.from({ length: 7 }, (_, k) => [user, 2 * k + (user % 2)] as const));
  return createInteractions([...pairs, ...more], 62, 34);
}

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

  it('takes over known users and items by their ids, and counts new ones and those that are gone', async () => {
    const { path, outcome } = await save(2);
    const model = factorization({ dim: 5 });
    // users 161, 100, 101, …, 158 and new items 1, 2 between those of before; ids are 100 + user and 10 × item
    const userIds = Int32Array.from({ length: 60 }, (_, user) => (user === 0 ? 161 : 99 + user));
    const itemIds = Int32Array.of(1, 10, 2, 0, 330);
    const catalogue = { userCount: 60, itemCount: 5, userIds, itemIds };
    const network = model.build(catalogue, createRng(1));
    const parameters = collectParameters(network.parameters);
    const read = (all: typeof parameters, name: string) => all.get(name)!.arraySync() as number[][];
    const initial = { users: read(parameters, 'user/weight'), items: read(parameters, 'itemBias/weight') };
    const counts = await startFrom(network, catalogue, outcome.recommender, model);
    expect(counts).toEqual({ users: { known: 59, new: 1, gone: 1 }, items: { known: 3, new: 2, gone: 31 } });
    expect(describeTrainingStart(counts)).toBe(
      'from the parameters of an earlier model (59 users known, 1 new, 1 gone; 3 items known, 2 new, 31 gone); ' +
        'the optimizer starts anew',
    );
    const earlier = collectParameters(outcome.recommender.predictor.parameters);
    const [users, items] = [read(earlier, 'user/weight'), read(earlier, 'itemBias/weight')];
    expect(read(parameters, 'user/weight')).toEqual([initial.users[0], ...users.slice(0, 59)]);
    expect(read(parameters, 'itemBias/weight')).toEqual([
      initial.items[0],
      items[1],
      initial.items[2],
      items[0],
      items[33],
    ]);
    expect((await loadArtifact(path, model)).catalogue.userCount).toBe(60);
  });

  it('takes over both sides of an autoencoder', async () => {
    const model = multVae({ dims: [7, 5] });
    const earlier = { userCount: 3, itemCount: 3, userIds: ['a', 'b', 'c'], itemIds: ['x', 'y', 'z'] };
    const first = model.build(earlier, createRng(1));
    const from = createRecommender(createPredictor(first), { ...createInteractions([], 3, 3), catalogue: earlier });
    const catalogue = { ...earlier, itemCount: 4, itemIds: ['new', 'z', 'x', 'y'] };
    const network = model.build(catalogue, createRng(2));
    const counts = await startFrom(network, catalogue, from, model);
    expect(counts).toEqual({ items: { known: 3, new: 1, gone: 0 } });
    const known = (scores: tf.Tensor2D) => (scores.arraySync() as number[][])[0]!;
    const score = (all: typeof network, items: number[]) =>
      known((createPredictor(all).histories as { score(ids: Int32Array): tf.Tensor2D }).score(Int32Array.from(items)));
    const [x, y, z] = score(first, [0, 1]);
    const [, ...others] = score(network, [2, 3]);
    for (const [at, value] of [z, x, y].entries()) expect(others[at]).toBeCloseTo(value!, 5);
  });

  it('is reported by a run', async () => {
    const { path } = await save(2);
    const { dataset } = learnedExperiment;
    const more = { ...dataset, load: async () => createMoreUsers() };
    const counted: unknown[] = [];
    const outcome = await runExperiment(defineExperiment({ ...learnedExperiment, dataset: more, epochs: 1 }), {
      from: path,
      onStart: (counts) => counted.push(counts),
    });
    disposeParameters(outcome.recommender.predictor.parameters);
    expect(outcome.started).toEqual({ users: { known: 60, new: 2, gone: 0 }, items: { known: 34, new: 0, gone: 0 } });
    expect(counted).toEqual([outcome.started]);
  });

  it('is refused without the model, with other data, and where rows do not belong to single ids', async () => {
    const { outcome } = await save(1);
    const all = createMoreUsers();
    const options = { loss: bprLoss(), optimizer: adam({ learningRate: 0.01 }), epochs: 1, batchSize: 32 };
    const start = (catalogue: typeof all.catalogue, from = outcome.recommender, model?: Representation) => {
      const network = (model ?? factorization({ dim: 5 })).build(catalogue, createRng(1));
      const train = { ...all, catalogue };
      return fit(network, train, { ...options, rng: createRng(1), from, model }).next();
    };
    await expect(start(all.catalogue)).rejects.toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: fit(from): expected the users and items that the model was trained on, in their order, or { model }, received 60 users known, 2 new, 0 gone; 34 items known, 0 new, 0 gone. Pass { model }, so that the parameters of users and items can be told.]`,
    );
    const strangers = { ...all.catalogue, itemIds: Array.from({ length: 34 }, (_, item) => `film ${item}`) };
    await expect(start(strangers, outcome.recommender, factorization({ dim: 5 }))).rejects.toThrow(
      'expected items that the model was trained on, received 34 new ones and none of its 34.',
    );
    const hashed = factorization({ dim: 5, userEmbedding: bloomEmbeddings({ ratio: 0.5 }) });
    const hashedNetwork = hashed.build(createTwoTastes().catalogue, createRng(1));
    await expect(
      start(all.catalogue, createRecommender(createPredictor(hashedNetwork), createTwoTastes()), hashed),
    ).rejects.toThrow('user/weight, whose rows belong to several.');
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

  it('is described in words also after one epoch', () => {
    expect(describeTrainingStart({ epoch: 1, step: 3 })).toBe(
      'from a checkpoint after 1 epoch and 3 steps, with the state of its optimizer',
    );
  });
});
