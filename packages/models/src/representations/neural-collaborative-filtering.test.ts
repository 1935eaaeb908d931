import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters, featureEmbeddings } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { featuredSizes } from '../testing/checkerboard.js';
import { describeRepresentation } from '../testing/describe-representation.js';
import { createQueries } from '../testing/queries.js';
import {
  type NeuralCollaborativeFilteringOptions,
  neuralCollaborativeFiltering,
} from './neural-collaborative-filtering.js';

const small = { userDim: 2, itemDim: 3, hidden: [11] } as const;

describeRepresentation('neuralCollaborativeFiltering', neuralCollaborativeFiltering(small));
describeRepresentation(
  'neuralCollaborativeFiltering with factors',
  neuralCollaborativeFiltering({ ...small, factors: 3 }),
);
describeRepresentation(
  'neuralCollaborativeFiltering with dropout and two layers',
  neuralCollaborativeFiltering({ ...small, hidden: [17, 13], dropout: 0.1 }),
);
describeRepresentation(
  'neuralCollaborativeFiltering of features',
  neuralCollaborativeFiltering({ ...small, itemEmbedding: featureEmbeddings() }),
  featuredSizes,
);

/** One user [1, 2], two items [3], [−1]; hidden units x₀ + x₂ and x₁ − x₂, both rectified; their sum, minus 1. */
function known(options: Partial<NeuralCollaborativeFilteringOptions> = {}) {
  const model = neuralCollaborativeFiltering({ userDim: 2, itemDim: 1, hidden: [2], ...options });
  const network = model.build({ userCount: 1, itemCount: 2 }, createRng(1));
  const set = (path: string, values: tf.Tensor) => collectParameters(network.parameters).get(path)!.assign(values);
  set('user/weight', tf.tensor2d([[1, 2]]));
  set('item/weight', tf.tensor2d([[3], [-1]]));
  set(
    'dense0/weight',
    tf.tensor2d([
      [1, 0],
      [0, 1],
      [1, -1],
    ]),
  );
  set('dense1/weight', tf.tensor2d([[1], [1]]));
  set('dense1/bias', tf.tensor1d([-4]));
  return network;
}

const encodeUser = (network: ReturnType<typeof known>) =>
  tf.reshape(network.encode(createQueries([0], 'user')).vectors, [1, 2]) as tf.Tensor2D;

describe('neuralCollaborativeFiltering', () => {
  it('is a perceptron over both vectors', () => {
    // item 0: max(0, 1 + 3) + max(0, 2 − 3) − 4 = 0; item 1: max(0, 1 − 1) + max(0, 2 + 1) − 4 = −1
    expect(known().score(encodeUser(known())).arraySync()).toEqual([[0, -1]]);
    expect(
      known()
        .score(encodeUser(known()), tf.tensor2d([[1, 0, 1]], [1, 3], 'int32'))
        .arraySync(),
    ).toEqual([[-1, 0, -1]]);
  });

  it('keeps scores at or above 0 with a rectified output', () => {
    expect(known({ output: 'relu' }).score(encodeUser(known())).arraySync()).toEqual([[0, 0]]);
  });

  it('scores many users in chunks like each user alone', () => {
    const network = neuralCollaborativeFiltering({ userDim: 2, itemDim: 3, hidden: [499] }).build(
      { userCount: 31, itemCount: 1999 },
      createRng(3),
    ); // 16 users per chunk
    const users = Array.from({ length: 31 }, (_, user) => user);
    const vectors = tf.reshape(network.encode(createQueries(users, 'user')).vectors, [31, 2]) as tf.Tensor2D;
    const last = network.score(tf.slice(vectors, [30, 0], [1, 2])).dataSync();
    const together = tf.slice(network.score(vectors), [30, 0], [1, 1999]).dataSync();
    expect(Math.max(...together.map((score, item) => Math.abs(score - last[item]!)))).toBeLessThan(1e-6);
  });

  it('draws dropout for each candidate while training, with the right mean', () => {
    const network = known({ dropout: 0.25 });
    const candidates = tf.tensor2d([new Array<number>(4000).fill(0)], [1, 4000], 'int32');
    const scores = network.score(encodeUser(network), candidates, { rng: createRng(1) }).dataSync();
    expect(new Set(scores).size).toBeGreaterThan(1); // the same item, each time with its own mask
    const mean = [...scores].reduce((sum, score) => sum + score, 0) / 4000;
    expect(Math.abs(mean - (expectedUnits() - 4))).toBeLessThan(0.25); // 4 standard errors: the deviation is below 4
  });

  it('has as many parameters as the triplet lab', () => {
    const { parameters } = neuralCollaborativeFiltering({ userDim: 32, itemDim: 64 }).build(
      { userCount: 944, itemCount: 1683 },
      createRng(1),
    );
    // 944 · 32 + 1683 · 64 + (96 + 1) · 128 + 128 + 1
    expect([...collectParameters(parameters).values()].reduce((sum, variable) => sum + variable.size, 0)).toBe(150_465);
  });

  it('refuses options out of range', () => {
    expect(() => neuralCollaborativeFiltering({ userDim: 0, itemDim: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: neuralCollaborativeFiltering(userDim): expected a positive integer, received 0.]`,
    );
    expect(() =>
      neuralCollaborativeFiltering({ userDim: 2, itemDim: 1, hidden: [] }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: neuralCollaborativeFiltering(hidden): expected at least one layer, received none. Without one, use factorization().]`,
    );
    expect(() =>
      neuralCollaborativeFiltering({ userDim: 2, itemDim: 1, dropout: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: neuralCollaborativeFiltering(dropout): expected a number in [0, 1), received 1.]`,
    );
  });
});

/**
 * The mean of both hidden units for the inputs 1, 2, 3, each kept with probability 3/4 and then multiplied by 4/3,
 * which preserves the mean.
 */
function expectedUnits(): number {
  let mean = 0;
  for (const a of [0, 4 / 3])
    for (const b of [0, 8 / 3])
      for (const c of [0, 4]) {
        const chance = (a ? 0.75 : 0.25) * (b ? 0.75 : 0.25) * (c ? 0.75 : 0.25);
        mean += chance * (Math.max(0, a + c) + Math.max(0, b - c));
      }
  return mean;
}
