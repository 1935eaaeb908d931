import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import {
  bloomEmbeddings,
  collectParameters,
  featureEmbeddings,
  scaledEmbeddings,
  zeroEmbeddings,
} from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { featuredSizes } from '../testing/checkerboard.js';
import { describeRepresentation } from '../testing/describe-representation.js';
import { createQueries } from '../testing/queries.js';
import { factorization } from './factorization.js';

describeRepresentation('factorization', factorization({ dim: 3 }));
describeRepresentation('factorization without biases', factorization({ dim: 3, biases: false }));
describeRepresentation(
  'factorization with hashed items',
  factorization({ dim: 3, itemEmbedding: bloomEmbeddings({ ratio: 1 }) }),
);

describeRepresentation(
  'factorization with features',
  factorization({ dim: 3, userEmbedding: featureEmbeddings(), itemEmbedding: featureEmbeddings() }),
  featuredSizes,
);
describeRepresentation('factorization with a mean', factorization({ dim: 3, biases: false, globalMean: true }));

/** Two users, three items, two dimensions: small enough to multiply by hand. */
function known(biases = true) {
  const network = factorization({ dim: 2, biases }).build({ userCount: 2, itemCount: 3 }, createRng(1));
  const set = (path: string, rows: number[][]) =>
    collectParameters(network.parameters).get(path)?.assign(tf.tensor2d(rows));
  set('user/weight', [
    [1, 2],
    [3, -1],
  ]);
  set('item/weight', [
    [1, 0],
    [0, 1],
    [2, 2],
  ]);
  set('userBias/weight', [[10], [20]]);
  set('itemBias/weight', [[0.1], [0.2], [0.4]]);
  return network;
}

/** Scores of a user who chose these items, `[item]`. */
function scoreHistory(network: ReturnType<typeof known>, ...items: number[]): number[] {
  if (network.reads !== 'user' || network.histories.refusal !== undefined) throw new Error('expected fold-in');
  return network.histories.score(Int32Array.from(items)).arraySync()[0]!;
}

function computeScores(network: ReturnType<typeof known>, candidates?: number[][]): number[][] {
  const { vectors } = network.encode(createQueries([0, 1], 'user'));
  const flat = tf.reshape(vectors, [2, vectors.shape[2]]) as tf.Tensor2D;
  return network.score(flat, candidates && tf.tensor2d(candidates, [2, candidates[0]!.length], 'int32')).arraySync();
}

const rounded = (rows: number[][]) => rows.map((row) => row.map((value) => Number(value.toFixed(5))));

describe('factorization', () => {
  it('adds the product of the vectors and both biases', () => {
    // user 0: [1, 2] · items = 1, 2, 6; user 1: [3, −1] · items = 3, −1, 4
    expect(rounded(computeScores(known()))).toEqual([
      [11.1, 12.2, 16.4],
      [23.1, 19.2, 24.4],
    ]);
    expect(
      rounded(
        computeScores(known(), [
          [2, 0],
          [1, 1],
        ]),
      ),
    ).toEqual([
      [16.4, 11.1],
      [19.2, 19.2],
    ]);
  });

  it('is only the product without biases', () => {
    expect(computeScores(known(false))).toEqual([
      [1, 2, 6],
      [3, -1, 4],
    ]);
    expect([...collectParameters(known(false).parameters).keys()]).toEqual(['user/weight', 'item/weight']);
  });

  it('appends the bias of the user to the vector of the user', () => {
    expect(
      known()
        .encode(createQueries([1], 'user'))
        .vectors.arraySync(),
    ).toEqual([[[3, -1, 20]]]);
    expect(
      known(false)
        .encode(createQueries([1], 'user'))
        .vectors.arraySync(),
    ).toEqual([[[3, -1]]]);
  });

  it('names its parameters', () => {
    expect([...collectParameters(known().parameters)].map(([path, { shape }]) => [path, shape])).toEqual([
      ['user/weight', [2, 2]],
      ['item/weight', [3, 2]],
      ['userBias/weight', [2, 1]],
      ['itemBias/weight', [3, 1]],
    ]);
  });

  it('adds a global bias that starts at the mean of the ratings', () => {
    const score = (biases: boolean) => {
      const facts = { userCount: 2, itemCount: 3, ratingMean: 3.5 };
      const network = factorization({ dim: 2, biases, globalMean: true, userEmbedding: zeroEmbeddings() }).build(
        facts,
        createRng(1),
      );
      const scores = computeScores(network);
      collectParameters(network.parameters)
        .get('user/weight')
        ?.assign(tf.ones([2, 2]));
      return [scores, scoreHistory(network, 1)[1]!] as const;
    };
    for (const biases of [true, false]) {
      expect(score(biases)[0]).toEqual([
        [3.5, 3.5, 3.5],
        [3.5, 3.5, 3.5],
      ]);
      expect(score(biases)[1]).toBeGreaterThan(3.5); // a user who chose item 1
    }
  });

  it('starts with small vectors and without biases', () => {
    const parameters = collectParameters(
      factorization({ dim: 13 }).build({ userCount: 499, itemCount: 7 }, createRng(1)).parameters,
    );
    const values = [...parameters.get('user/weight')!.dataSync()];
    // N(0, 1/13²)
    expect(Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length) * 13).toBeCloseTo(1, 1);
    expect([...parameters.get('itemBias/weight')!.dataSync()]).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('scores an empty history like the mean of the users', () => {
    // the mean of [1, 2] and [3, −1] is [2, 0.5]; the bias of a user would move all scores alike
    expect(rounded([scoreHistory(known())])).toEqual([[2.1, 0.7, 5.4]]);
  });

  it('ranks items similar to the history above others', () => {
    const network = known();
    const scores = scoreHistory(network, 0); // item 0 is [1, 0]
    expect(scores[0]! - 0.1).toBeGreaterThan(scores[1]! - 0.2); // without the biases: nearer to [1, 0] than [0, 1]
  });

  it('lists in its protocol everything that changes results', () => {
    expect(
      factorization({ dim: 2, itemEmbedding: bloomEmbeddings(), userEmbedding: scaledEmbeddings({ deviation: 0.1 }) }),
    ).toMatchObject({
      name: 'factorization(2)',
      protocol: {
        name: 'factorization',
        dim: 2,
        biases: true,
        userEmbedding: { name: 'scaled', deviation: 0.1 },
        itemEmbedding: { name: 'bloom', ratio: 0.2, hashes: 4 },
        foldIn: { confidence: 1, regularisation: 10, shrinkage: 3, noise: 0.7 },
      },
    });
  });

  it('refuses sizes that are not positive integers', () => {
    expect(() => factorization({ dim: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: factorization(dim): expected a positive integer, received 0.]`,
    );
    expect(() => factorization({ dim: 2, foldIn: { confidence: 0 } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: foldIn(confidence): expected a positive number, received 0.]`,
    );
    for (const name of ['confidence', 'regularization', 'shrinkage', 'noise'])
      for (const value of [-1, Number.NaN, Infinity])
        expect(() => factorization({ dim: 2, foldIn: { [name]: value } })).toThrow(`foldIn(${name}): expected a`);
  });
});
