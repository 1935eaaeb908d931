import { createRng } from '@footlight/core';
import { tf } from '@footlight/engine';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { featuredSizes } from '../testing/checkerboard.js';
import { describeRepresentation } from '../testing/describe-representation.js';
import { createQueries } from '../testing/queries.js';
import type { DataSummary } from '../types.js';
import { factorizationMachine } from './factorization-machine.js';

describeRepresentation('factorizationMachine', factorizationMachine({ dim: 3 }));
describeRepresentation('factorizationMachine with features', factorizationMachine({ dim: 3 }), featuredSizes);

// Two users: both students, the second also young. Two items: a comedy, and an item without features.
const facts: DataSummary = {
  userCount: 2,
  itemCount: 2,
  ratingMean: 3,
  userFeatures: {
    names: ['age=young', 'occupation=student'],
    offsets: Int32Array.of(0, 1, 3),
    ids: Int32Array.of(1, 0, 1),
  },
  itemFeatures: { names: ['genre=Comedy'], offsets: Int32Array.of(0, 1, 1), ids: Int32Array.of(0) },
};

// Rows: both ids, then the features. Linear weights: tenths for users, hundredths for items.
const tables: Record<string, number[][]> = {
  'user/weight': [
    [1, 0],
    [0, 1],
    [2, 1],
    [1, 3],
  ],
  'item/weight': [
    [1, 2],
    [4, 0],
    [0, 5],
  ],
  'userLinear/weight': [[0.1], [0.2], [0.3], [0.4]],
  'itemLinear/weight': [[0.01], [0.02], [0.03]],
};

/** The double sum of the paper over the features present. */
function computeByHand(user: number, item: number): number {
  const { userFeatures, itemFeatures } = facts;
  const present = (id: number, side: 'user' | 'item', features: NonNullable<DataSummary['userFeatures']>) =>
    [id, ...[...features.ids.slice(features.offsets[id], features.offsets[id + 1])].map((feature) => 2 + feature)].map(
      (row) => ({
        vector: tables[`${side}/weight`]![row]!,
        linear: tables[`${side}Linear/weight`]![row]![0]!,
      }),
    );
  const all = [...present(user, 'user', userFeatures!), ...present(item, 'item', itemFeatures!)];
  let score = 3 + all.reduce((sum, { linear }) => sum + linear, 0);
  for (const [at, one] of all.entries())
    for (const other of all.slice(at + 1))
      score += one.vector[0]! * other.vector[0]! + one.vector[1]! * other.vector[1]!;
  return score;
}

describe('factorizationMachine', () => {
  it('sums the interactions of all pairs of features', () => {
    const network = factorizationMachine({ dim: 2 }).build(facts, createRng(1));
    for (const [path, rows] of Object.entries(tables))
      collectParameters(network.parameters).get(path)!.assign(tf.tensor2d(rows));
    const { vectors } = network.encode(createQueries([0, 1], 'user'));
    const scores = network.score(tf.reshape(vectors, [2, 3]) as tf.Tensor2D).arraySync();
    for (const user of [0, 1])
      for (const item of [0, 1]) expect(scores[user]![item]!).toBeCloseTo(computeByHand(user, item), 4);
    // Written out for user 0 = {[1, 0], student [1, 3]} and item 1 = {[4, 0]}:
    // 3 + .1 + .4 + .02 + [1,0]·[1,3] + [1,0]·[4,0] + [1,3]·[4,0]
    expect(scores[0]![1]!).toBeCloseTo(3.52 + 1 + 4 + 4, 4);
  });

  it('starts at the mean of the ratings', () => {
    const network = factorizationMachine({ dim: 2 }).build(
      { userCount: 2, itemCount: 3, ratingMean: 0.6 },
      createRng(1),
    );
    expect(collectParameters(network.parameters).get('bias')!.dataSync()[0]).toBeCloseTo(0.6);
  });

  it('refuses sizes that are not positive integers', () =>
    expect(() => factorizationMachine({ dim: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: factorizationMachine(dim): expected a positive integer, received 0.]`,
    ));
});
