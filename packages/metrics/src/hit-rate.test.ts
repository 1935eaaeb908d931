import { describe, expect, it } from 'vitest';
import { hitRate } from './hit-rate.js';
import { describeMetric } from './testing/index.js';

describeMetric('hit-rate@10', hitRate({ at: 10 }));

describe('hitRate', () => {
  it('is 1 if at least one relevant item is in the list', () => {
    const query = { ranks: [2, 3], candidateCount: 7, relevantCount: 2 };
    expect([1, 2, 3, 4].map((at) => hitRate({ at }).measure(query))).toEqual([0, 0, 1, 1]);
  });
});
