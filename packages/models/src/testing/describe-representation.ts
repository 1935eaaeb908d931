import { createRng } from '@footlight/core';
import { adam, tf, valueAndGradients } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { collectParameters, disposeParameters, type Training } from '@footlight/layers';
import { expect, it } from 'vitest';
import { summarizeModel } from '../summarize-model.js';
import type { DataSummary, Network, Queries, Representation } from '../types.js';
import { likes, sizes } from './checkerboard.js';
import { describeHiddenSteps } from './describe-hidden-steps.js';
import { describeHistories } from './describe-histories.js';
import { countSteps, createQueries } from './queries.js';

const allUsers = [0, 1, 2, 3, 4];
const someItem = 3;

/**
 * Contract suite of representations: tests that every representation must pass. A model that reads histories should
 * read few steps, e.g. 3. `data` must have 5 users and 7 items.
 */
export function describeRepresentation(name: string, representation: Representation, data: DataSummary = sizes): void {
  const { reads } = representation;
  const time = countSteps(reads);
  const build = (seed = 7) => representation.build(data, createRng(seed));
  const scoreUsers = (network: Network, users: readonly number[], padding = 0) =>
    computeValues(() => scoreCatalogue(network, createQueries(users, reads, padding)));

  describeOnBackends(name, () => {
    it('declares what it reads', () => expect(build().reads).toEqual(reads));

    it('starts with the same bytes for the same seed and other bytes for another seed', () => {
      const bytes = (seed: number) =>
        [...collectParameters(build(seed).parameters)].map(([path, variable]) => [
          path,
          variable.shape,
          [...variable.dataSync()],
        ]);
      expect(bytes(7)).toEqual(bytes(7));
      expect(bytes(8)).not.toEqual(bytes(7));
    });

    it('is summarized with the size of its parameters', () => {
      const values = [...collectParameters(build().parameters).values()].reduce((sum, { size }) => sum + size, 0);
      expect(summarizeModel(representation, data).count).toBe(values);
    });

    it('returns a vector after each step and a score for each item', () => {
      const network = build();
      const { vectors } = network.encode(createQueries(allUsers, reads));
      expect(vectors.shape.slice(0, 2)).toEqual([allUsers.length, network.hideSteps ? 1 : time]);
      expect(scoreCatalogue(network, createQueries(allUsers, reads)).shape).toEqual([allUsers.length, sizes.itemCount]);
    });

    it('scores a batch of users like each user alone', () => {
      const network = build();
      expectClose(
        allUsers.flatMap((user) => [...scoreUsers(network, [user])]),
        scoreUsers(network, allUsers),
      );
    });

    it('ignores what lies under the mask', () => {
      const network = build();
      expectClose(scoreUsers(network, allUsers, someItem), scoreUsers(network, allUsers));
    });

    if (typeof reads === 'object' && time > 1)
      it('scores a history alike with and without padding', () => {
        const network = build();
        const { users, history, mask } = createQueries([1], reads); // one step is padding
        const steps = (rows: tf.Tensor2D) => tf.slice(rows, [0, 1], [1, time - 1]);
        const cut: Queries = { users, history: steps(history), mask: steps(mask) };
        expectClose(
          computeValues(() => scoreCatalogue(network, cut)),
          scoreUsers(network, [1]),
        );
      });

    it('scores candidates as it scores them in the whole catalogue', () => {
      const network = build();
      const [candidates, all] = [[6, 0, 3], scoreUsers(network, allUsers)];
      const chosen = computeValues(() =>
        network.score(
          encodeLast(network, createQueries(allUsers, reads)),
          tf.tensor2d(
            allUsers.flatMap(() => candidates),
            [5, 3],
            'int32',
          ),
        ),
      );
      expectClose(
        chosen,
        allUsers.flatMap((_, row) => candidates.map((item) => all[row * sizes.itemCount + item]!)),
      );
    });

    it('has a catalogue product, if any, that equals its scores', () => {
      const network = build();
      if (!network.catalogue) return;
      const products = computeValues(() => {
        const { table, bias } = network.catalogue!();
        // [batch, item]
        const scores = tf.matMul(encodeLast(network, createQueries(allUsers, reads)), table, false, true);
        return bias ? tf.add(scores, bias) : scores;
      });
      expectClose(products, scoreUsers(network, allUsers));
    });

    if (typeof reads === 'object')
      it('does not let later items change earlier steps', () => {
        const network = build();
        if (network.hideSteps) return; // its steps read each other
        const early = (items: number[]) =>
          computeValues(() => {
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
      train(network, createQueries(allUsers, reads));
      const scores = scoreUsers(network, allUsers);
      for (const user of allUsers) {
        const row = Array.from(scores.slice(user * sizes.itemCount, (user + 1) * sizes.itemCount));
        const [liked, disliked] = [true, false].map((isLiked) =>
          row.filter((_, item) => likes(user, item) === isLiked),
        );
        expect(Math.min(...liked!)).toBeGreaterThan(Math.max(...disliked!));
      }
    });

    it('returns item vectors of the right shape', () => {
      const items = build().itemVectors?.();
      if (items) expect([items.shape[0], items.shape.length]).toEqual([sizes.itemCount, 2]);
    });

    describeHistories(build);
    describeHiddenSteps(build, time);

    it('leaves no tensors', () => {
      scoreUsers(build(), allUsers); // the backend creates its own tensors now, if any
      const before = tf.memory().numTensors;
      const network = build();
      scoreUsers(network, allUsers);
      disposeParameters(network.parameters);
      expect(tf.memory().numTensors).toBe(before);
    });
  });
}

/** Scores of the whole catalogue after the last step. */
function scoreCatalogue(network: Network, queries: Queries): tf.Tensor2D {
  return network.score(encodeLast(network, queries));
}

function encodeLast(network: Network, queries: Queries, training?: Training): tf.Tensor2D {
  const { vectors } = network.encode(queries, training); // [batch, time, dim]
  const [batch, time, dim] = vectors.shape;
  return tf.reshape(tf.slice(vectors, [0, time - 1, 0], [batch, 1, dim]), [batch, dim]);
}

function computeValues(compute: () => tf.Tensor): Float32Array {
  return tf.tidy(() => compute().dataSync().slice() as Float32Array);
}

/** Minimizes log(1 + e^∓s) over all users and items: − for items that the user likes, + for others. */
function train(network: Network, queries: Queries): void {
  const signs = allUsers.map((user) =>
    Array.from({ length: sizes.itemCount }, (_, item) => (likes(user, item) ? -1 : 1)),
  );
  const parameters = collectParameters(network.parameters);
  const optimizer = adam({ learningRate: 0.05 });
  const rng = createRng(3);
  for (let step = 0; step < 200; step++)
    tf.tidy(() => {
      const { gradients } = valueAndGradients(() => {
        const scores = network.score(encodeLast(network, queries, { rng }), undefined, { rng });
        return tf.mean(tf.softplus(tf.mul(scores, tf.tensor2d(signs)))) as tf.Scalar;
      }, parameters);
      optimizer.apply(parameters, gradients);
    });
}
