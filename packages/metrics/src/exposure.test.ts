import { describe, expect, it } from 'vitest';
import { countExposures, sum } from './exposure.js';

describe('countExposures', () => {
  it('counts items and ignores empty positions', () => {
    expect(countExposures('x', Int32Array.of(0, 2, -1, 2), 5)).toEqual(Float64Array.of(1, 0, 2, 0, 0));
  });

  it('rejects an item that is not in the catalogue', () => {
    expect(() => countExposures('gini(lists)', Int32Array.of(-2), 5)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gini(lists): expected ids from 0 to 4, received -2.]`,
    );
  });
});

describe('sum', () => {
  it('is the sum of the values, and 0 for an empty array', () =>
    expect([sum(Float64Array.of(1, 2, 4)), sum(new Float64Array(0))]).toEqual([7, 0]));
});
