import { describe, expect, it } from 'vitest';
import { recall } from './recall.js';
import { describeMetric } from './testing/index.js';

describeMetric('recall@10', recall({ at: 10, outOf: 'reachable' }));
describeMetric('recall@101 out of the relevant', recall({ at: 101 }));

const query = { ranks: [1, 2, 4], candidateCount: 7, relevantCount: 3 };

describe('recall', () => {
  it('divides by the number of relevant items by default', () => expect(recall({ at: 2 }).measure(query)).toBe(1 / 3));

  it("divides by the largest possible number of hits with outOf: 'reachable'", () => {
    expect(recall({ at: 2, outOf: 'reachable' }).measure(query)).toBe(1 / 2); // min(2, 3)
    expect(recall({ at: 5, outOf: 'reachable' }).measure(query)).toBe(3 / 3); // min(5, 3)
  });

  it('includes relevant items that are not candidates in both denominators', () => {
    const unreachable = { ...query, relevantCount: 4 };
    expect(recall({ at: 5 }).measure(unreachable)).toBe(3 / 4);
    expect(recall({ at: 5, outOf: 'reachable' }).measure(unreachable)).toBe(3 / 4);
  });

  it('has its option in its name', () => {
    expect([recall({ at: 20 }).name, recall({ at: 20, outOf: 'reachable' }).name]).toEqual([
      'recall@20',
      'recall@20(reachable)',
    ]);
  });

  it('rejects other values of outOf and a cut-off that is not an integer', () => {
    expect(() => recall({ at: 2, outOf: 'list' as 'relevant' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recall(outOf): expected 'relevant' or 'reachable', received list.]`,
    );
    expect(() => recall({ at: 2.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recall(at): expected a positive integer, received 2.5.]`,
    );
  });
});
