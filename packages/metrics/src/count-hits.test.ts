import { describe, expect, it } from 'vitest';
import { assertCutOff, countHits } from './count-hits.js';

describe('countHits', () => {
  it('counts the ranks below the cut-off', () => {
    expect([1, 2, 3, 5, 6, 11].map((at) => countHits([0, 2, 5], at))).toEqual([1, 1, 2, 2, 3, 3]);
  });
});

describe('assertCutOff', () => {
  it('returns a valid cut-off and names the metric in its error', () => {
    expect(assertCutOff('ndcg', 3)).toBe(3);
    expect(() => assertCutOff('ndcg', 0)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ndcg(at): expected a positive integer, received 0.]`,
    );
  });
});
