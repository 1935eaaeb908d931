import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { describe, expect, it } from 'vitest';
import { featuredSizes } from '../testing/checkerboard.js';
import { describeSolver } from '../testing/describe-solver.js';
import { createQueries } from '../testing/queries.js';
import { featurePopularity } from './feature-popularity.js';

describeSolver('featurePopularity', featurePopularity(), featuredSizes);

// Items 0, 1, 2 have 3, 1 and 0 interactions. Features: 0: red; 1: red, big; 2: big, odd; 3: odd; 4: none.
const train: Interactions = {
  catalogue: {
    userCount: 3,
    itemCount: 5,
    userIds: ['a', 'b', 'c'],
    itemIds: ['v', 'w', 'x', 'y', 'z'],
    itemFeatures: {
      names: ['red', 'big', 'odd'],
      offsets: Int32Array.of(0, 1, 3, 5, 6, 6),
      ids: Int32Array.of(0, 0, 1, 1, 2, 2),
    },
  },
  users: Int32Array.of(0, 1, 2, 2),
  items: Int32Array.of(0, 0, 0, 1),
};

describe('featurePopularity', () => {
  it('averages the counts of trained items by feature, then over the features of an item', () => {
    const score = featurePopularity()
      .solve(train, createRng(1))
      .score(createQueries([2], 'user'));
    // red: (3 + 1) / 2 = 2; big: 1, since item 2 has no interactions; odd: no trained item. Mean: 4 / 2 = 2.
    expect(score.arraySync()).toEqual([[2, 1.5, 1, 2, 2]]);
  });

  it('needs features', () => {
    const { itemFeatures: _, ...catalogue } = train.catalogue;
    expect(() => featurePopularity().solve({ ...train, catalogue }, createRng(1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: featurePopularity(features): expected features of the items, received none. Choose a dataset with features.]`,
    );
  });
});
