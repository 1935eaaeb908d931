import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters, featureEmbeddings } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { featuredSizes } from '../testing/checkerboard.js';
import { describeRepresentation } from '../testing/describe-representation.js';
import { createQueries } from '../testing/queries.js';
import { cosineFactorization } from './cosine-factorization.js';

describeRepresentation('cosineFactorization', cosineFactorization({ dim: 3 }));
describeRepresentation(
  'cosineFactorization of features',
  cosineFactorization({ dim: 3, itemEmbedding: featureEmbeddings() }),
  featuredSizes,
);

describe('cosineFactorization', () => {
  const network = (l2 = 0) => {
    const built = cosineFactorization({ dim: 2, l2 }).build({ userCount: 1, itemCount: 3 }, createRng(1));
    const tables = collectParameters(built.parameters);
    tables.get('user/weight')?.assign(tf.tensor2d([[3, 4]]));
    tables.get('item/weight')?.assign(
      tf.tensor2d([
        [6, 8],
        [-4, 3],
        [0, 1],
      ]),
    );
    return built;
  };

  it('scores by the cosine, for vectors of any length', () => {
    const { vectors } = network().encode(createQueries([0], 'user'));
    const flat = tf.reshape(vectors, [1, 2]) as tf.Tensor2D;
    const rounded = (scores: tf.Tensor2D) => scores.arraySync()[0]?.map((score) => Number(score.toFixed(5)));
    expect(rounded(network().score(flat))).toEqual([1, 0, 0.8]); // (3, 4) and (0, 1): 4 / 5
    expect(rounded(network().score(flat, tf.tensor2d([[2, 0]], [1, 2], 'int32')))).toEqual([0.8, 1]);
  });

  it('adds the squares of both tables while training only', () => {
    // 25 + 100 + 25 + 1 = 151
    expect(
      network(0.01)
        .encode(createQueries([0], 'user'), { rng: createRng(1) })
        .penalty?.dataSync()[0],
    ).toBeCloseTo(1.51, 5);
    expect(network(0.01).encode(createQueries([0], 'user')).penalty).toBeUndefined();
  });

  it('has as many parameters as the triplet lab', () => {
    const { parameters } = cosineFactorization({ dim: 64 }).build({ userCount: 944, itemCount: 1683 }, createRng(1));
    // 944 · 64 + 1683 · 64
    expect([...collectParameters(parameters).values()].reduce((sum, variable) => sum + variable.size, 0)).toBe(168_128);
  });

  it('refuses options out of range', () => {
    expect(() => cosineFactorization({ dim: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: cosineFactorization(dim): expected a positive integer, received 0.]`,
    );
    expect(() => cosineFactorization({ dim: 3, l2: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: cosineFactorization(l2): expected a finite number from 0, received -1.]`,
    );
  });
});
