import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf, valueAndGradients } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { collectParameters, disposeParameters, type Training } from '@footlight/layers';
import { expect, it } from 'vitest';
import { listChoices, sizes } from '../testing/checkerboard.js';
import { describeRepresentation } from '../testing/describe-representation.js';
import type { Network } from '../types.js';
import { lightGcn } from './light-gcn.js';

type Numbers = Record<'shape' | 'values', number[]>;

/** LightGCN of PyTorch, with the sparse product of the whole graph. */
const torch = JSON.parse(readFileSync(new URL('../../fixtures/light-gcn.json', import.meta.url), 'utf8')) as {
  readonly sizes: Record<'users' | 'items' | 'dim' | 'layers' | 'regularization', number>;
  readonly pairs: [user: number, item: number][];
  readonly queries: Record<'users' | 'positives' | 'negatives', number[]>;
  readonly loss: number;
} & Readonly<Record<'user' | 'item' | 'propagatedUser' | 'propagatedItem' | 'userGradient' | 'itemGradient', Numbers>>;

function createInteractions(pairs: readonly (readonly [number, number])[]): Interactions {
  const { userCount, itemCount } = sizes;
  return {
    catalogue: { userCount, itemCount, userIds: new Int32Array(userCount), itemIds: new Int32Array(itemCount) },
    users: Int32Array.from(pairs, ([user]) => user),
    items: Int32Array.from(pairs, ([, item]) => item),
  };
}

const checkerboard = createInteractions(
  [0, 1, 2, 3, 4].flatMap((user) => listChoices(user, 2).map((item) => [user, item] as const)),
);
describeRepresentation('lightGcn', lightGcn({ dim: 5 }), { ...sizes, interactions: checkerboard });
describeRepresentation('lightGcn with one layer, without penalty', lightGcn({ dim: 5, layers: 1, regularization: 0 }), {
  ...sizes,
  interactions: checkerboard,
});

function createUsers(users: readonly number[]) {
  return {
    users: tf.tensor1d([...users], 'int32'),
    history: tf.zeros([users.length, 1], 'int32') as tf.Tensor2D,
    mask: tf.zeros([users.length, 1]) as tf.Tensor2D,
  };
}

describeOnBackends('lightGcn', () => {
  const { dim, layers, regularization } = torch.sizes;
  const model = lightGcn({ dim, layers, regularization });

  /** A network on the graph of PyTorch, from its embeddings. */
  function build(given = model): Network {
    const interactions = createInteractions(torch.pairs);
    const network = given.build({ ...sizes, interactions }, createRng(1));
    const parameters = collectParameters(network.parameters);
    for (const side of ['user', 'item'] as const)
      tf.tidy(() => parameters.get(`${side}/weight`)!.assign(tf.tensor(torch[side].values, torch[side].shape)));
    return network;
  }

  function computeLoss(network: Network): tf.Scalar {
    const { users, positives, negatives } = torch.queries;
    const penalties: tf.Tensor1D[] = [];
    const training: Training = { rng: createRng(2), addPenalty: (penalty) => void penalties.push(penalty) };
    const { vectors, penalty } = network.encode(createUsers(users), training);
    const candidates = tf.tensor2d(
      positives.map((item, query) => [item, negatives[query]!]),
      [4, 2],
      'int32',
    );
    const scores = network.score(tf.squeeze(vectors, [1]), candidates, training);
    const [positive, negative] = tf.split(scores, 2, 1) as [tf.Tensor, tf.Tensor];
    const mean = tf.mean(tf.softplus(tf.sub(negative, positive)));
    return [penalty!, ...penalties].reduce((sum, each) => tf.add(sum, tf.mean(each)), mean) as tf.Scalar;
  }

  it('propagates as PyTorch does', () => {
    const network = build();
    const all = tf.tidy(() =>
      network
        .encode(createUsers([0, 1, 2, 3, 4]))
        .vectors.dataSync()
        .slice(),
    );
    expectClose(all, torch.propagatedUser.values, 1e-5);
    expectClose(
      tf.tidy(() => network.itemVectors!().dataSync().slice()),
      torch.propagatedItem.values,
      1e-5,
    );
    disposeParameters(network.parameters);
  });

  it('has the loss and the gradients of PyTorch', () => {
    const network = build();
    const { value, gradients } = valueAndGradients(
      () => tf.tidy(() => computeLoss(network)),
      collectParameters(network.parameters),
    );
    expectClose(value.dataSync(), [torch.loss], 1e-5);
    expectClose(gradients.get('user/weight')!.values, torch.userGradient.values, 1e-5);
    expectClose(gradients.get('item/weight')!.values, torch.itemGradient.values, 1e-5);
    expect([...gradients.keys()]).toEqual(['user/weight', 'item/weight']);
    value.dispose();
    disposeParameters(network.parameters);
  });

  it('is a product of the embeddings without layers', () => {
    const network = build(lightGcn({ dim, layers: 0 }));
    expectClose(
      tf.tidy(() => network.itemVectors!().dataSync().slice()),
      torch.item.values,
      1e-6,
    );
    disposeParameters(network.parameters);
  });

  it('answers without interactions once its parameters are restored', () => {
    const network = build();
    network.refresh!();
    const restored = model.build(sizes, createRng(3));
    const stored = collectParameters(network.parameters);
    for (const [path, variable] of collectParameters(restored.parameters))
      tf.tidy(() => variable.assign(tf.clone(stored.get(path)!)));
    const score = (one: Network) =>
      tf.tidy(() =>
        one
          .score(tf.squeeze(one.encode(createUsers([0, 4])).vectors, [1]))
          .dataSync()
          .slice(),
      );
    expect(score(restored)).toEqual(score(network));
    expect(score(restored).some((each) => each !== 0)).toBe(true);
    disposeParameters(network.parameters);
    disposeParameters(restored.parameters);
  });

  it('refuses to train without interactions', () => {
    const network = model.build(sizes, createRng(3));
    expect(() =>
      tf.tidy(() => network.encode(createUsers([0]), { rng: createRng(1) }).vectors),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lightGcn(build): expected the training interactions, for the graph, received none. Pass them: build({ ...train.catalogue, interactions: train }, rng).]`,
    );
    disposeParameters(network.parameters);
  });

  it('ignores repetitions, and interactions of weight 0', () => {
    const [once, twice] = [
      createInteractions([
        [0, 1],
        [0, 2],
      ]),
      {
        ...createInteractions([
          [0, 1],
          [0, 2],
          [0, 1],
          [3, 2],
        ]),
        weights: Float32Array.of(1, 2, 3, 0),
      },
    ].map((interactions) => model.build({ ...sizes, interactions }, createRng(1)));
    const read = (network: Network) => tf.tidy(() => network.itemVectors!().dataSync().slice());
    expect(read(twice!)).toEqual(read(once!));
    for (const { parameters } of [once!, twice!]) disposeParameters(parameters);
  });
});
