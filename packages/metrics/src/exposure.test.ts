import { describe, expect, it } from 'vitest';
import { countExposures, sum } from './exposure.js';

describe('countExposures', () => {
  it('counts items and passes over empty places', () => {
    expect(countExposures('x', Int32Array.of(0, 2, -1, 2), 5)).toEqual(Float64Array.of(1, 0, 2, 0, 0));
  });

  it('refuses an item that is not in the catalogue', () => {
    expect(() => countExposures('gini(lists)', Int32Array.of(-2), 5)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gini(lists): expected ids from 0 to 4, received -2.]`,
    );
  });
});

describe('sum', () => {
  it('adds up, and is 0 for nothing', () =>
    expect([sum(Float64Array.of(1, 2, 4)), sum(new Float64Array(0))]).toEqual([7, 0]));
});
