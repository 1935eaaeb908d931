import { createRng } from '@footlight/core';
import { adam, valueAndGradients } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { collectParameters, disposeParameters, type Training } from '@footlight/layers';
import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import type { DataSummary, Network, Queries, Representation } from '../types.js';
import { likes, sizes } from './checkerboard.js';
import { countSteps, createQueries } from './queries.js';

const everybody = [0, 1, 2, 3, 4];
const someItem = 3;

/** The promises that every representation keeps, as tests. A model that reads histories should be made with a short one, e.g. 3 steps. `facts` must be of 5 users and 7 items. */
export function describeRepresentation(name: string, representation: Representation, facts: DataSummary = sizes): void {
  const { reads } = representation;
  const time = countSteps(reads);
  const build = (seed = 7) => representation.build(facts, createRng(seed));
  const ask = (network: Network, users: readonly number[], padding = 0) =>
    valuesOf(() => scoresOf(network, createQueries(users, reads, padding)));

  describeOnBackends(name, () => {
    it('reads what it says', () => expect(build().reads).toEqual(reads));

    it('starts with the same bytes for the same seed and others for another', () => {
      const bytes = (seed: number) =>
        [...collectParameters(build(seed).parameters)].map(([path, variable]) => [
          path,
          variable.shape,
          [...variable.dataSync()],
        ]);
      expect(bytes(7)).toEqual(bytes(7));
      expect(bytes(8)).not.toEqual(bytes(7));
    });

    it('gives a vector after each step and a score to each item', () => {
      const network = build();
      const { vectors } = network.encode(createQueries(everybody, reads));
      expect(vectors.shape.slice(0, 2)).toEqual([everybody.length, time]);
      expect(scoresOf(network, createQueries(everybody, reads)).shape).toEqual([everybody.length, sizes.itemCount]);
    });

    it('answers many people as it answers each of them', () => {
      const network = build();
      expectClose(
        everybody.flatMap((user) => [...ask(network, [user])]),
        ask(network, everybody),
      );
    });

    it('ignores what lies under the mask', () => {
      const network = build();
      expectClose(ask(network, everybody, someItem), ask(network, everybody));
    });

    it('scores candidates as it scores them among all items', () => {
      const network = build();
      const [candidates, all] = [[6, 0, 3], ask(network, everybody)];
      const chosen = valuesOf(() =>
        network.score(
          lastVectors(network, createQueries(everybody, reads)),
          tf.tensor2d(
            everybody.flatMap(() => candidates),
            [5, 3],
            'int32',
          ),
        ),
      );
      expectClose(
        chosen,
        everybody.flatMap((_, row) => candidates.map((item) => all[row * sizes.itemCount + item]!)),
      );
    });

    it('has parts of its scores, if any, that make them up', () => {
      const network = build();
      if (!network.catalogue) return;
      const products = valuesOf(() => {
        const { table, bias } = network.catalogue!();
        const scores = tf.matMul(lastVectors(network, createQueries(everybody, reads)), table, false, true); // [batch, item]
        return bias ? tf.add(scores, bias) : scores;
      });
      expectClose(products, ask(network, everybody));
    });

    if (typeof reads === 'object')
      it('does not let later items change earlier steps', () => {
        const network = build();
        const early = (items: number[]) =>
          valuesOf(() => {
            const queries: Queries = {
              users: tf.tensor1d([0], 'int32'),
              history: tf.tensor2d([items], [1, time], 'int32'),
              mask: tf.ones([1, time]),
            };
            const { vectors } = network.encode(queries); // [1, time, dim]
            return tf.slice(vectors, [0, 0, 0], [1, time - 1, vectors.shape[2]]);
          });
        const items = Array.from({ length: time }, (_, step) => step % sizes.itemCount);
        expectClose(early([...items.slice(0, -1), someItem]), early([...items.slice(0, -1), 6]));
      });

    it('learns the checkerboard', () => {
      const network = build();
      train(network, createQueries(everybody, reads));
      const scores = ask(network, everybody);
      for (const user of everybody) {
        const row = Array.from(scores.slice(user * sizes.itemCount, (user + 1) * sizes.itemCount));
        const [liked, disliked] = [true, false].map((wanted) => row.filter((_, item) => likes(user, item) === wanted));
        expect(Math.min(...liked!)).toBeGreaterThan(Math.max(...disliked!));
      }
    });

    it('offers vectors and folding in of the sizes that they must have', () => {
      const network = build();
      const items = network.itemVectors?.();
      if (items) expect([items.shape[0], items.shape.length]).toEqual([sizes.itemCount, 2]);
      const folded = network.foldIn?.(Int32Array.of(0, 2));
      if (folded) expect(folded.shape).toEqual([1, network.encode(createQueries([0], reads)).vectors.shape[2]]);
    });

    it('leaves no tensor behind', () => {
      ask(build(), everybody); // whatever the backend sets up once is there afterwards
      const before = tf.memory().numTensors;
      const network = build();
      ask(network, everybody);
      valuesOf(() => network.foldIn?.(Int32Array.of(0, 2)) ?? tf.scalar(0));
      disposeParameters(network.parameters);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

/** Scores of the whole catalogue after the last step. */
function scoresOf(network: Network, queries: Queries): tf.Tensor2D {
  return network.score(lastVectors(network, queries));
}

function lastVectors(network: Network, queries: Queries, training?: Training): tf.Tensor2D {
  const { vectors } = network.encode(queries, training); // [batch, time, dim]
  const [batch, time, dim] = vectors.shape;
  return tf.reshape(tf.slice(vectors, [0, time - 1, 0], [batch, 1, dim]), [batch, dim]);
}

function valuesOf(compute: () => tf.Tensor): Float32Array {
  return tf.tidy(() => compute().dataSync().slice() as Float32Array);
}

/** Minimises log(1 + e^∓s) of everybody's score of every item: − for what they like, + for what they do not. */
function train(network: Network, queries: Queries): void {
  const signs = everybody.map((user) =>
    Array.from({ length: sizes.itemCount }, (_, item) => (likes(user, item) ? -1 : 1)),
  );
  const parameters = collectParameters(network.parameters);
  const optimizer = adam({ learningRate: 0.05 });
  const rng = createRng(3);
  for (let step = 0; step < 200; step++)
    tf.tidy(() => {
      const { gradients } = valueAndGradients(() => {
        const scores = network.score(lastVectors(network, queries, { rng }), undefined, { rng });
        return tf.mean(tf.softplus(tf.mul(scores, tf.tensor2d(signs)))) as tf.Scalar;
      }, parameters);
      optimizer.apply(parameters, gradients);
    });
}
