import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import { sgd, tf, valueAndGradients } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { collectParameters } from '@footlight/layers';
import { expect, it } from 'vitest';
import { createQueries } from '../testing/queries.js';
import type { Representation } from '../types.js';
import { neuralCollaborativeFiltering } from './neural-collaborative-filtering.js';
import { twoTower } from './two-tower.js';

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

/** Scores of PyTorch, with the gradients of Σ cos(k) sₖ, k from 1, of tooling/fixtures/pair_models.py. */
const torch = JSON.parse(readFileSync(new URL('../../fixtures/pair-models.json', import.meta.url), 'utf8')) as Record<
  string,
  { parameters: Record<string, Values>; scores: Values; gradients: Record<string, Values> }
>;

const tower = { dim: 4, inputDim: 3, hidden: [11] };
const models: Readonly<Record<string, Representation>> = {
  twoTower: twoTower(tower),
  'twoTower by cosine': twoTower({ ...tower, similarity: 'cosine', temperature: 0.5 }),
  'neuralCollaborativeFiltering with factors': neuralCollaborativeFiltering({
    ...{ userDim: 3, itemDim: 4, hidden: [11, 5], factors: 6 },
  }),
};

/** All items, in another order for each user. */
const candidates = Array.from({ length: 5 }, (_, user) => Array.from({ length: 7 }, (_, at) => (at * 3 + user) % 7));

describeOnBackends('models of users and items', () => {
  it.each(Object.keys(torch))('have the scores and the gradients of PyTorch: %s', (name) => {
    const network = models[name]!.build({ userCount: 5, itemCount: 7 }, createRng(1));
    const parameters = collectParameters(network.parameters);
    const expected = torch[name]!;
    expect([...parameters.keys()].sort()).toEqual(Object.keys(expected.parameters).sort());
    for (const listed of [undefined, candidates])
      tf.tidy(() => {
        for (const [path, variable] of parameters) {
          const { values, shape } = expected.parameters[path]!;
          variable.assign(tf.tensor(values, shape));
        }
        const chosen = listed ?? candidates.map((row) => row.map((_, item) => item));
        const pick = (values: ArrayLike<number>) =>
          chosen.flatMap((row, user) => row.map((item) => values[user * 7 + item]!));
        const score = () => {
          const { vectors } = network.encode(createQueries([0, 1, 2, 3, 4], 'user'));
          const flat = tf.reshape(vectors, [5, vectors.shape[2]]) as tf.Tensor2D;
          return network.score(flat, listed && tf.tensor2d(listed, [5, 7], 'int32'));
        };
        expectClose(score().dataSync(), pick(expected.scores.values));
        const weights = tf.tensor2d(pick(Float32Array.from({ length: 35 }, (_, at) => Math.cos(at + 1))), [5, 7]);
        const { gradients } = valueAndGradients(() => tf.sum(tf.mul(score(), weights)) as tf.Scalar, parameters);
        // A step of gradient descent with learning rate 1 subtracts the gradient.
        sgd({ learningRate: 1 }).apply(parameters, gradients);
        for (const [path, variable] of parameters) {
          const { values } = expected.parameters[path]!;
          const updated = variable.dataSync();
          expectClose(
            values.map((value, at) => value - updated[at]!),
            expected.gradients[path]!.values,
          );
        }
      });
  });
});
