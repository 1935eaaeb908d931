import { createRng, murmurhash3, murmurhash3Signed } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { collectParameters } from '@footlight/layers';
import { describe, expect, it } from 'vitest';
import { describeSolver } from '../testing/describe-solver.js';
import { createQueries } from '../testing/queries.js';
import { random } from './random.js';

describeSolver('random', random());

const train: Interactions = {
  catalogue: { userCount: 101, itemCount: 97, userIds: new Int32Array(101), itemIds: new Int32Array(97) },
  users: Int32Array.of(0),
  items: Int32Array.of(1),
};
const allUsers = Array.from({ length: 101 }, (_, user) => user);
const computeScores = (seed: number, users = allUsers) =>
  random().solve(train, createRng(seed)).score(createQueries(users, 'user')).arraySync();

describe('random', () => {
  it('hashes user and item with its seed', () => {
    const scorer = random().solve(train, createRng(5));
    const seed = collectParameters(scorer.parameters).get('seed')!.dataSync()[0]!;
    const score = scorer.score(createQueries([3], 'user')).arraySync()[0]![7];
    expect(score).toBe(Math.fround(murmurhash3(7, murmurhash3Signed(3, seed)) / 2 ** 32));
  });

  it('does not depend on the other users of a batch', () =>
    expect(computeScores(5, [2, 0])).toEqual([computeScores(5)[2], computeScores(5)[0]]));

  it('draws other scores for another seed', () => expect(computeScores(6)).not.toEqual(computeScores(5)));

  it('is uniform from 0 to 1 and uncorrelated between users', () => {
    const scores = computeScores(5);
    const deciles = new Array<number>(10).fill(0);
    for (const score of scores.flat()) deciles[Math.floor(score * 10)]!++;
    const expected = (101 * 97) / 10;
    const chiSquare = deciles.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chiSquare).toBeLessThan(27.9); // 99.9 % of χ² with 9 degrees of freedom

    const products = scores
      .slice(1)
      .map((row, at) => row.reduce((sum, score, item) => sum + (score - 0.5) * (scores[at]![item]! - 0.5), 0));
    const correlation = products.reduce((sum, product) => sum + product, 0) / (100 * 97) / (1 / 12);
    expect(Math.abs(correlation)).toBeLessThan(0.041); // 4 / √9700
  });
});
