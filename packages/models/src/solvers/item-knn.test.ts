import { readFileSync } from 'node:fs';
import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { describeOnBackends, expectClose } from '@footlight/engine/testing';
import { describe, expect, it } from 'vitest';
import { describeSolver } from '../testing/describe-solver.js';
import { createFormulaQueries, formulaInteractions } from '../testing/formula-choices.js';
import { type ItemKnnOptions, itemKnn } from './item-knn.js';

describeSolver('itemKnn', itemKnn({ neighbors: 2, history: 3 }));
describeSolver('itemKnn of whole histories', itemKnn({ neighbors: 2, weighting: 'tf-idf' }));
describeSolver('itemKnn with more neighbors than items', itemKnn({ neighbors: 11, history: 3 }));

/** Values of numpy in double precision, from tooling/fixtures/neighbors.py. */
const fixture = JSON.parse(readFileSync(new URL('../../fixtures/neighbors.json', import.meta.url), 'utf8')) as {
  itemKnn: { options: ItemKnnOptions; scores: number[] }[];
};

describeOnBackends('itemKnn', () => {
  it.each(fixture.itemKnn)('agrees with numpy, $options', ({ options, scores }) => {
    const scorer = itemKnn(options).solve(formulaInteractions, createRng(1));
    expectClose(scorer.score(createFormulaQueries()).dataSync(), scores);
  });
});

/** Item 0 was chosen by users 0, 1 and 2 (by 0 twice), item 1 by 0 and 1, item 2 by 2, item 3 by no user. */
const train: Interactions = {
  catalogue: { userCount: 3, itemCount: 4, userIds: ['a', 'b', 'c'], itemIds: ['w', 'x', 'y', 'z'] },
  users: Int32Array.of(0, 0, 0, 1, 1, 2, 2),
  items: Int32Array.of(0, 0, 1, 0, 1, 0, 2),
};

/** Scores for a user with this history. */
const computeScores = (options: Parameters<typeof itemKnn>[0], history: readonly number[]): number[] => [
  ...itemKnn({ history: 1000, ...options })
    .solve(train, createRng(1))
    .score({
      users: tf.tensor1d([0], 'int32'),
      history: tf.tensor2d([0, ...history], [1, history.length + 1], 'int32'),
      mask: tf.tensor2d([0, ...history.map(() => 1)], [1, history.length + 1]),
    })
    .dataSync(),
];

describe('itemKnn', () => {
  it('sums the similarities of the neighbors in the history', () => {
    // w₀₁ = 2 / √6, w₀₂ = 1 / √3, w₁₂ = 0
    expect(computeScores({ neighbors: 3 }, [1, 2, 1])).toEqual([
      Math.fround(Math.fround(2 / Math.sqrt(6)) + Math.fround(1 / Math.sqrt(3))),
      0,
      0,
      0,
    ]);
    expect(computeScores({ neighbors: 3 }, [0])).toEqual([
      0,
      Math.fround(2 / Math.sqrt(6)),
      Math.fround(1 / Math.sqrt(3)),
      0,
    ]);
  });

  it('has the similarities of the neighbors of an item, and 0 for others', () => {
    const list = (neighbors: number, item: number) => [
      ...itemKnn({ neighbors }).solve(train, createRng(1)).similarities!(item).dataSync(),
    ];
    const [w01, w02] = [Math.fround(2 / Math.sqrt(6)), Math.fround(1 / Math.sqrt(3))];
    expect(list(3, 0)).toEqual([0, w01, w02, 0]);
    expect(list(1, 0)).toEqual([0, w01, 0, 0]);
    expect(list(2, 3)).toEqual([0, 0, 0, 0]);
  });

  it('uses only the nearest neighbors', () => {
    expect(computeScores({ neighbors: 1 }, [1, 2])).toEqual([Math.fround(2 / Math.sqrt(6)), 0, 0, 0]);
  });

  it('shrinks similarities from few users', () => {
    expect(computeScores({ neighbors: 3, shrink: 1 }, [0])[2]).toBeCloseTo(1 / (Math.sqrt(3) + 1), 6);
    expect(computeScores({ neighbors: 3, similarity: 'jaccard' }, [0])[1]).toBeCloseTo(2 / (3 + 2 - 2), 6);
  });

  it('refuses options out of range', () => {
    expect(() => itemKnn({ neighbors: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: itemKnn(neighbors): expected a positive integer, received 0.]`,
    );
    expect(() => itemKnn({ shrink: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: itemKnn(shrink): expected a finite number from 0, received -1.]`,
    );
    // @ts-expect-error callers without types can pass anything
    expect(() => itemKnn({ similarity: 'pearson' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: itemKnn(similarity): expected 'cosine', 'jaccard', 'asymmetric-cosine' or 'dot-product', received the text 'pearson'.]`,
    );
    expect(() => itemKnn({ similarity: 'jaccard', weighting: 'bm25' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: itemKnn(weighting): expected 'none' for the similarity jaccard, which compares sets, received bm25.]`,
    );
    // @ts-expect-error callers without types can pass anything
    expect(() => itemKnn({ weighting: 'okapi' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: itemKnn(weighting): expected 'none', 'tf-idf' or 'bm25', received the text 'okapi'.]`,
    );
    expect(() => itemKnn({ k1: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: itemKnn(k1): expected none unless the weighting is 'bm25', received 2.]`,
    );
    expect(() => itemKnn({ asymmetry: 0.3 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: itemKnn(asymmetry): expected none unless the similarity is 'asymmetric-cosine', received 0.3.]`,
    );
    expect(() => itemKnn({ history: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: itemKnn(history): expected a positive integer, received 0.]`,
    );
  });
});
