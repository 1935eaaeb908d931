import { createRng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { describe, expect, it } from 'vitest';
import { describeSolver } from '../testing/describe-solver.js';
import { createQueries } from '../testing/queries.js';
import { popularity } from './popularity.js';

describeSolver('popularity', popularity());

describe('popularity', () => {
  it('counts interactions, repeated ones too, the same for all users', () => {
    const train: Interactions = {
      catalogue: { userCount: 3, itemCount: 5, userIds: ['a', 'b', 'c'], itemIds: ['v', 'w', 'x', 'y', 'z'] },
      users: Int32Array.of(0, 0, 1, 2, 2),
      items: Int32Array.of(1, 1, 1, 4, 0),
    };
    const scores = popularity()
      .solve(train, createRng(1))
      .score(createQueries([2, 0], 'user'))
      .arraySync();
    expect(scores).toEqual([
      [1, 3, 0, 0, 1],
      [1, 3, 0, 0, 1],
    ]);
  });
});
