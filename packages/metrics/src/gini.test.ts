import { describe, expect, it } from 'vitest';
import { gini } from './gini.js';
import { describeMetric } from './testing/index.js';

describeMetric('gini@3', gini({ at: 3 }));

const measure = (lists: number[], itemCount: number) =>
  gini({ at: 1 }).measure(Int32Array.from(lists), new Float64Array(itemCount), lists.length);

describe('gini', () => {
  it('is 0 if all items are recommended equally often', () => expect(measure([0, 1, 2, 2, 1, 0], 3)).toBe(0));

  it('is (n − 1) / n if one item gets all recommendations', () => expect(measure([3, 3], 5)).toBeCloseTo(4 / 5, 15));

  it('is half the mean absolute difference of two items, divided by the mean', () => {
    // Counts 0 1 2: Σ over all 9 ordered pairs of |difference| = 2 · (1 + 2 + 1) = 8; 8 / 9 / (2 · mean 1) = 4/9
    expect(measure([1, 2, 2], 3)).toBeCloseTo(4 / 9, 15);
  });
});
