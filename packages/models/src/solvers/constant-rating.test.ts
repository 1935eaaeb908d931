import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { describe, expect, it } from 'vitest';
import { describeSolver } from '../testing/describe-solver.js';
import { createQueries } from '../testing/queries.js';
import { constantRating } from './constant-rating.js';

describeSolver('constantRating', constantRating({ value: 2.5 }));

const train: Interactions = {
  catalogue: { userCount: 2, itemCount: 3, userIds: ['a', 'b'], itemIds: ['x', 'y', 'z'] },
  users: Int32Array.of(0, 0, 1, 1),
  items: Int32Array.of(0, 1, 1, 2),
  ratings: Float32Array.of(1, 2, 2, 4),
};
const computeScores = (solver: ReturnType<typeof constantRating>) =>
  solver
    .solve(train, createRng(1))
    .score(createQueries([1, 0], 'user'))
    .arraySync();

describe('constantRating', () => {
  it('predicts the mean of the training ratings', () => {
    // (1 + 2 + 2 + 4) / 4 = 2.25
    expect(computeScores(constantRating())).toEqual([
      [2.25, 2.25, 2.25],
      [2.25, 2.25, 2.25],
    ]);
  });

  it('predicts a given value, even 0', () => {
    expect(computeScores(constantRating({ value: 0 }))).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('is named after its value', () => {
    expect([constantRating().name, constantRating({ value: 0 }).name]).toEqual([
      'constant-rating(mean)',
      'constant-rating(0)',
    ]);
  });

  it('refuses interactions without ratings, and values that are not finite', () => {
    const { ratings: _, ...unrated } = train;
    expect(() => constantRating().solve(unrated, createRng(1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: constantRating: expected interactions with ratings, received none. Name the rating column, or give a value.]`,
    );
    expect(() => constantRating({ value: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: constantRating(value): expected a finite number, received NaN.]`,
    );
  });
});
