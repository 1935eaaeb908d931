import { describe, expect, it } from 'vitest';
import { recall } from './recall.js';
import { describeMetric } from './testing/index.js';

describeMetric('recall@10', recall({ at: 10, outOf: 'reachable' }));
describeMetric('recall@101 out of the relevant', recall({ at: 101 }));

const query = { ranks: [1, 2, 4], averageRanks: [1, 2, 4], candidateCount: 7, relevantCount: 3 };

describe('recall', () => {
  it('divides by the relevant items unless told otherwise', () => expect(recall({ at: 2 }).measure(query)).toBe(1 / 3));

  it('divides by what a list of this length can reach on request', () => {
    expect(recall({ at: 2, outOf: 'reachable' }).measure(query)).toBe(1 / 2); // min(2, 3)
    expect(recall({ at: 5, outOf: 'reachable' }).measure(query)).toBe(3 / 3); // min(5, 3)
  });

  it('counts relevant items that were no candidates in both', () => {
    const unreachable = { ...query, relevantCount: 4 };
    expect(recall({ at: 5 }).measure(unreachable)).toBe(3 / 4);
    expect(recall({ at: 5, outOf: 'reachable' }).measure(unreachable)).toBe(3 / 4);
  });

  it('names the two apart', () => {
    expect([recall({ at: 20 }).name, recall({ at: 20, outOf: 'reachable' }).name]).toEqual([
      'recall@20',
      'recall@20(reachable)',
    ]);
  });

  it('refuses other denominators and cuts', () => {
    expect(() => recall({ at: 2, outOf: 'list' as 'relevant' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recall(outOf): expected 'relevant' or 'reachable', received list.]`,
    );
    expect(() => recall({ at: 2.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: recall(at): expected a positive integer, received 2.5.]`,
    );
  });
});
