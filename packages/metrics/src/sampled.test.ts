import { describe, expect, it } from 'vitest';
import { mrr } from './mrr.js';
import { recall } from './recall.js';
import { sampled } from './sampled.js';

describe('sampled', () => {
  it('has the number of draws in its name and protocol', () => {
    const { name, protocol, sampled: count } = sampled(mrr(), { count: 200 });
    expect([name, protocol, count]).toEqual(['mrr(sampled 200)', { over: 'all', ties: 'expected', sampled: 200 }, 200]);
    expect(sampled(recall({ at: 10 }), { count: 99 }).name).toBe('recall@10(sampled 99)');
  });

  it("follows the metric's rule of ties, or the one that it is given", () => {
    const flattering = sampled(mrr({ ties: 'best' }), { count: 2 });
    expect([flattering.protocol, flattering.withTies]).toEqual([{ over: 'all', ties: 'best', sampled: 2 }, undefined]);
    expect(sampled(mrr(), { count: 2 }).withTies!('lower-id')).toMatchObject({
      name: 'mrr(sampled 2)',
      protocol: { over: 'all', ties: 'lower-id', sampled: 2 },
      sampled: 2,
    });
  });

  it('measures a query like the metric', () => {
    const query = { ranks: [3], candidateCount: 201, relevantCount: 1 };
    expect(sampled(mrr(), { count: 200 }).measure(query)).toBe(1 / 4);
  });

  it('rejects a count of 0 and a metric that is sampled already', () => {
    expect(() => sampled(mrr(), { count: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sampled(count): expected a positive integer, received 0.]`,
    );
    expect(() => sampled(sampled(mrr(), { count: 2 }), { count: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sampled(metric): expected a metric of the whole catalogue, received mrr(sampled 2).]`,
    );
  });
});
