import { describe, expect, it } from 'vitest';
import { novelty } from './novelty.js';
import { describeMetric } from './testing/index.js';

describeMetric('novelty@3', novelty({ at: 3 }));

const measure = (lists: number[], popularity: number[], userCount: number) =>
  novelty({ at: 1 }).measure(Int32Array.from(lists), Float64Array.from(popularity), userCount);

describe('novelty', () => {
  it('is the mean self-information of recommended items in bits', () => {
    // Item 0, recommended twice, has 4 of 8 users: 1 bit. Item 1, recommended once, has 1 of 8: 3 bits.
    expect(measure([0, 1, 0], [4, 1, 8], 8)).toBeCloseTo((1 + 3 + 1) / 3, 15);
  });

  it('is 0 for an item with as many interactions as there are users, or more', () =>
    expect([measure([0], [8], 8), measure([0], [11], 8)]).toEqual([0, 0]));

  it('treats an item without users as an item with one user', () => expect(measure([0], [0], 8)).toBe(3));
});
