import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf, toSparseRows } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { describe, expect, it } from 'vitest';
import { describeSolver } from '../testing/describe-solver.js';
import { createFormulaQueries, formulaInteractions } from '../testing/formula-choices.js';
import { type UserKnnOptions, userKnn } from './user-knn.js';

describeSolver('userKnn', userKnn({ neighbors: 2 }));
describeSolver('userKnn with more neighbors than users', userKnn({ neighbors: 11, weighting: 'bm25' }));

/** Values of numpy in double precision, from tooling/fixtures/neighbors.py. */
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/neighbors.json', import.meta.url), 'utf8')) as {
  userKnn: { options: UserKnnOptions; scores: number[] }[];
};

describeOnBackends('userKnn', () => {
  it.each(fixture.userKnn)('agrees with numpy, $options', ({ options, scores }) => {
    const scorer = userKnn(options).solve(formulaInteractions, createRng(1));
    expectClose(scorer.score(createFormulaQueries()).dataSync(), scores);
  });
});

/** User 0 chose the items 0 (twice), 1 and 2, user 1 the items 0 and 1, user 2 the items 0 and 3, user 3 nothing. */
const train: Interactions = {
  catalogue: { userCount: 4, itemCount: 5, userIds: ['a', 'b', 'c', 'd'], itemIds: ['v', 'w', 'x', 'y', 'z'] },
  users: Int32Array.of(0, 0, 0, 0, 1, 1, 2, 2),
  items: Int32Array.of(0, 0, 1, 2, 0, 1, 0, 3),
};

const computeScores = (options: UserKnnOptions, ...histories: number[][]): number[][] => {
  const scores = userKnn(options)
    .solve(train, createRng(1))
    .score({
      users: tf.zeros([histories.length], 'int32'),
      history: tf.zeros([histories.length, 1], 'int32'),
      mask: tf.zeros([histories.length, 1]),
      baskets: toSparseRows(histories),
    });
  return scores.arraySync() as number[][];
};

describe('userKnn', () => {
  it('sums the similarities of the nearest users who chose an item', () => {
    // cosines of {0, 1}: 2 / √6 with user 0, 1 / 2 with user 2; user 1 has nothing else to recommend
    const [first, second] = [Math.fround(2 / Math.sqrt(6)), 0.5];
    expect(computeScores({}, [0, 1])).toEqual([[Math.fround(first + second), first, first, second, 0]]);
    expect(computeScores({ neighbors: 1 }, [0, 1])).toEqual([[first, first, first, 0, 0]]);
  });

  it('has no neighbors for an empty history, or for items that no user chose', () => {
    expect(computeScores({}, [], [4])).toEqual([
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
  });

  it('takes the lower id among equally similar users', () => {
    // {0} is a subset of all three: cosines 1/√3 (user 0) and 1/√2 (users 1 and 2)
    const nearest = Math.fround(1 / Math.sqrt(2));
    expect(computeScores({ neighbors: 1 }, [0])).toEqual([[nearest, nearest, 0, 0, 0]]);
  });

  it('shrinks similarities from few items', () => {
    expect(computeScores({ shrink: 1 }, [0, 1])[0]![3]).toBeCloseTo(1 / (2 + 1), 6);
    expect(computeScores({ similarity: 'jaccard', shrink: 1 }, [0, 1])[0]![2]).toBeCloseTo(2 / (2 + 3 - 2 + 1), 6);
    expect(computeScores({ similarity: 'dot-product' }, [0, 1])[0]![2]).toBe(2);
  });

  it('refuses options out of range', () => {
    expect(() => userKnn({ neighbors: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: userKnn(neighbors): expected a positive integer, received 0.]`,
    );
    // @ts-expect-error callers without types can pass anything
    expect(() => userKnn({ similarity: 'pearson' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: userKnn(similarity): expected 'cosine', 'jaccard' or 'dot-product', received the text 'pearson'.]`,
    );
    expect(() => userKnn({ similarity: 'jaccard', weighting: 'bm25' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: userKnn(weighting): expected 'none' for the similarity jaccard, which compares sets, received bm25.]`,
    );
    expect(() => userKnn({ similarity: 'dot-product', shrink: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: userKnn(shrink): expected none for the similarity dot-product, which has no denominator, received 3.]`,
    );
    expect(() => userKnn({ b: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: userKnn(b): expected none unless the weighting is 'bm25', received 0.5.]`,
    );
  });
});
