import { createRng } from '@footlight/core';
import { tf, valueAndGradients } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { collectParameters } from '@footlight/layers';
import { expect, it } from 'vitest';
import type { Network, Queries, Representation } from '../types.js';
import { mixtureOfTastes } from './mixture-of-tastes.js';
import { sequenceCnn } from './sequence-cnn.js';
import { sequenceGru } from './sequence-gru.js';
import { sequenceLstm } from './sequence-lstm.js';
import { sequenceMLstm } from './sequence-m-lstm.js';
import { sequencePooling } from './sequence-pooling.js';
import { sequencePopularity } from './sequence-popularity.js';

const itemCount = 7;
const dim = 3;

const models: Record<string, (history: number) => Representation> = {
  sequencePopularity: (history) => sequencePopularity({ history }),
  sequencePooling: (history) => sequencePooling({ dim, history }),
  sequenceCnn: (history) => sequenceCnn({ dim, history, dilations: [1, 2] }),
  sequenceLstm: (history) => sequenceLstm({ dim, history }),
  sequenceMLstm: (history) => sequenceMLstm({ dim, history, states: 'cell', start: 'learned' }),
  sequenceGru: (history) => sequenceGru({ dim, history }),
  mixtureOfTastes: (history) => mixtureOfTastes({ dim, history, tastes: 2 }),
};

const build = (model: Representation): Network => model.build({ userCount: 1, itemCount }, createRng(7));
/** Steps that JavaScript executes one by one are slow, so the longest history is shorter there. */
const longest = (backend: string): number => (backend === 'native' ? 10_000 : 499);
const manyItems = Array.from({ length: 10_000 }, (_, step) => (step * step + 3 * step) % itemCount);

/** The query of one user, whose items are the last of `time` steps. */
function createQuery(items: readonly number[], time: number): Queries {
  const missing = time - items.length;
  return {
    users: tf.tensor1d([0], 'int32'),
    history: tf.tensor2d([...new Array<number>(missing).fill(5), ...items], [1, time], 'int32'),
    mask: tf.tensor2d([...new Array<number>(missing).fill(0), ...items.map(() => 1)], [1, time]),
  };
}

function lastScores(network: Network, query: Queries): tf.Tensor2D {
  const { vectors } = network.encode(query); // [1, time, dim]
  const [, time, length] = vectors.shape;
  return network.score(tf.reshape(tf.slice(vectors, [0, time - 1, 0], [1, 1, length]), [1, length]));
}

const scoreLast = (network: Network, items: readonly number[], time: number): number[] =>
  tf.tidy(() => [...lastScores(network, createQuery(items, time)).dataSync()]);

for (const [name, model] of Object.entries(models))
  describeOnBackends(`${name} with a history`, (backend) => {
    const length = longest(backend);
    const many = manyItems.slice(0, length);

    it('that is empty has finite scores, the same for any length of the padding', () => {
      const scores = scoreLast(build(model(3)), [], 3);
      expect(scores.every(Number.isFinite)).toBe(true);
      expectClose(scoreLast(build(model(5)), [], 5), scores);
    });

    it('of one item has the same scores with and without padding', () => {
      expectClose(scoreLast(build(model(1)), [4], 1), scoreLast(build(model(3)), [4], 3));
    });

    it(`of ${length} items has finite scores`, () =>
      expect(scoreLast(build(model(length)), many, length).every(Number.isFinite)).toBe(true));

    it('has the same scores after nearly as many steps of padding', () => {
      const few = manyItems.slice(0, 5);
      expectClose(scoreLast(build(model(length)), few, length), scoreLast(build(model(5)), few, 5));
    });

    it(`of ${length} items has finite gradients`, () => {
      const network = build(model(length));
      tf.tidy(() => {
        const { gradients } = valueAndGradients(
          () => tf.mean(lastScores(network, createQuery(many, length))) as tf.Scalar,
          collectParameters(network.parameters),
        );
        expect(gradients.size).toBeGreaterThan(0);
        for (const { values } of gradients.values()) expect(values.every(Number.isFinite)).toBe(true);
      });
    });
  });
