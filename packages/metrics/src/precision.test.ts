import { describe, expect, it } from 'vitest';
import { precision } from './precision.js';
import { describeMetric } from './testing/index.js';

describeMetric('precision@10', precision({ at: 10 }));

const query = { ranks: [1, 4], candidateCount: 7, relevantCount: 2 };

describe('precision', () => {
  it('divides by the length of the list', () =>
    expect([2, 4, 5].map((at) => precision({ at }).measure(query))).toEqual([1 / 2, 1 / 4, 2 / 5]));

  it('divides by the length of the list even if there are fewer candidates', () =>
    expect(precision({ at: 11 }).measure(query)).toBe(2 / 11));

  it('rejects a cut-off that is not a positive integer', () => {
    expect(() => precision({ at: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: precision(at): expected a positive integer, received -1.]`,
    );
  });
});
