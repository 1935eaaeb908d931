import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters, featureEmbeddings, projectedEmbeddings } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { featuredSizes, sizes } from '../testing/checkerboard.js';
import { describeRepresentation } from '../testing/describe-representation.js';
import { createQueries } from '../testing/queries.js';
import { assignWholeNumbers } from './assign-whole-numbers.fixture.js';
import { type TwoTowerOptions, twoTower } from './two-tower.js';

const small = { dim: 5, hidden: [11], inputDim: 3 };
// The last user and the last item have no features, so ids help.
const features = { userEmbedding: featureEmbeddings(), itemEmbedding: featureEmbeddings() };
describeRepresentation('twoTower', twoTower(small));
describeRepresentation('twoTower by cosine', twoTower({ ...small, similarity: 'cosine' }));
describeRepresentation('twoTower without hidden layers', twoTower({ dim: 5, hidden: [], dropout: 0.1 }));
describeRepresentation('twoTower with features', twoTower({ ...small, ...features }), featuredSizes);

const build = (options: Partial<TwoTowerOptions> = {}) =>
  twoTower({ ...small, ...options }).build(featuredSizes, createRng(1));

describe('twoTower', () => {
  it('has the score of its equation', () => {
    const network = build({ similarity: 'cosine', temperature: 0.5 });
    const parameters = collectParameters(network.parameters);
    assignWholeNumbers(parameters);
    const rows = (name: string) => parameters.get(name)!.arraySync() as number[][];
    const apply = (x: readonly number[], layer: string) =>
      (parameters.get(`${layer}/bias`)!.arraySync() as number[]).map((bias, column) =>
        x.reduce((sum, value, row) => sum + value * rows(`${layer}/weight`)[row]![column]!, bias),
      );
    const encode = (tower: string, id: number) => {
      const hidden = apply(rows(`${tower}/embedding/weight`)[id]!, `${tower}/dense0`).map((x) => Math.max(0, x));
      const output = apply(hidden, `${tower}/dense1`);
      return output.map((x) => x / Math.hypot(...output));
    };
    const [user, item] = [encode('user', 1), encode('item', 4)];
    const expected = user.reduce((sum, x, at) => sum + x * item[at]!, 0) / 0.5;
    const scores = tf.tidy(() => {
      const { vectors } = network.encode(createQueries([1], 'user'));
      return network.score(tf.reshape(vectors, [1, -1])).arraySync() as number[][];
    });
    expect(scores[0]![4]).toBeCloseTo(expected, 4);
  });

  it('scores users and items of equal features alike, with or without training examples', () => {
    const identity = { identity: false } as const;
    const network = build({ userEmbedding: featureEmbeddings(identity), itemEmbedding: featureEmbeddings(identity) });
    expect(network.scoresAnyUser).toBe(true);
    expect(build(features).scoresAnyUser).toBeUndefined();
    expect(build().scoresAnyUser).toBeUndefined();
    const score = (user: number) =>
      tf.tidy(() => {
        const { vectors } = network.encode(createQueries([user], 'user'));
        return network.score(tf.reshape(vectors, [1, -1])).arraySync() as number[][];
      })[0]!;
    expect(score(0)).toEqual(score(2)); // even and small, both
    expect(score(1)[3]).toBeCloseTo(score(1)[5]!, 6); // odd, both
    expect(score(1)[3]).not.toBeCloseTo(score(1)[4]!, 6);
  });

  it('adds features of several kinds', () => {
    const data = { ...featuredSizes, itemVectors: { dim: 2, values: new Float32Array(14).fill(1) } };
    const itemEmbedding = projectedEmbeddings({ vectors: featureEmbeddings({ identity: false }) });
    const network = twoTower({ ...small, itemEmbedding }).build(data, createRng(1));
    expect(
      [...collectParameters(network.parameters).keys()].filter((path) => path.startsWith('item/embedding')),
    ).toEqual(['item/embedding/projection', 'item/embedding/own/weight']);
  });

  it('refuses invalid options, and features that the data do not have', () => {
    expect(() => twoTower({ dim: 5, temperature: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: twoTower(temperature): expected a positive number, received 0.]`,
    );
    expect(() => twoTower({ dim: 5, similarity: 'euclid' as 'dot' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: twoTower(similarity): expected 'dot' or 'cosine', received the text 'euclid'.]`,
    );
    expect(() =>
      twoTower({ dim: 5, itemEmbedding: featureEmbeddings() }).build(sizes, createRng(1)),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: featureEmbedding(features): expected features of the ids, received none. Choose a dataset with features.]`,
    );
  });
});
