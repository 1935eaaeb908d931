import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { auc } from './auc.js';
import { averagePrecision } from './average-precision.js';
import { hitRate } from './hit-rate.js';
import { mrr } from './mrr.js';
import { ndcg } from './ndcg.js';
import { precision } from './precision.js';
import { rankQuery } from './rank-query.js';
import { recall } from './recall.js';
import type { TieOptions } from './tie-rule.js';
import type { RankedQuery, RankMetric, TieRule } from './types.js';

const factories: Readonly<Record<string, (ties?: TieOptions) => RankMetric>> = {
  auc,
  mrr,
  'mrr(first)': (ties) => mrr({ over: 'first', ...ties }),
  ...Object.fromEntries(
    [1, 2, 3, 6].flatMap((at) => [
      [`ndcg@${at}`, (ties?: TieOptions) => ndcg({ at, ...ties })],
      [`recall@${at}`, (ties?: TieOptions) => recall({ at, ...ties })],
      [`recall@${at}(reachable)`, (ties?: TieOptions) => recall({ at, outOf: 'reachable', ...ties })],
      [`precision@${at}`, (ties?: TieOptions) => precision({ at, ...ties })],
      [`hit-rate@${at}`, (ties?: TieOptions) => hitRate({ at, ...ties })],
      [`average-precision@${at}`, (ties?: TieOptions) => averagePrecision({ at, ...ties })],
    ]),
  ),
};

/** All orders of the numbers below `count`. */
function listOrders(count: number): number[][] {
  if (count === 0) return [[]];
  return listOrders(count - 1).flatMap((order) =>
    Array.from({ length: count }, (_, at) => [...order.slice(0, at), count - 1, ...order.slice(at)]),
  );
}

const orders = listOrders(6);

/** The values of all orders that the scores allow: ties are broken by each order of the items. */
function measureOrders(metric: RankMetric, scores: Float32Array, relevant: readonly number[], relevantCount: number) {
  return orders.map((order) => {
    const sorted = [...order].sort((a, b) => scores[b]! - scores[a]!); // stable: equal scores stay in this order
    const ranks = relevant.map((item) => sorted.indexOf(item)).sort((a, b) => a - b);
    return metric.measure({ ranks, candidateCount: scores.length, relevantCount });
  });
}

const rng = createRng('ties');
const queries = Array.from({ length: 41 }, (_, trial) => {
  const scores = Float32Array.from({ length: 6 }, () => rng.integer(1 + (trial % 4)));
  const relevant = [0, 1, 2, 3, 4, 5].filter(() => rng.integer(5) < 2);
  return { scores, relevant: relevant.length > 0 ? relevant : [3], missed: trial % 3 };
});

describe.each(Object.entries(factories))('%s of tied scores', (_, create) => {
  it('is the mean over all orders by default', () => {
    for (const { scores, relevant, missed } of queries) {
      const relevantCount = relevant.length + missed;
      const values = measureOrders(create(), scores, relevant, relevantCount);
      const query = { ...rankQuery({ scores, relevant }), relevantCount };
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      if (Number.isNaN(mean)) expect(create().measure(query)).toBeNaN();
      else expect(create().measure(query)).toBeCloseTo(mean, 12);
    }
  });

  it("is the best and the worst of all orders with ties: 'best' and 'worst'", () => {
    for (const { scores, relevant, missed } of queries) {
      const relevantCount = relevant.length + missed;
      const values = measureOrders(create(), scores, relevant, relevantCount);
      const query = { ...rankQuery({ scores, relevant }), relevantCount };
      if (values.some(Number.isNaN)) continue;
      expect(create({ ties: 'best' }).measure(query)).toBeCloseTo(Math.max(...values), 12);
      expect(create({ ties: 'worst' }).measure(query)).toBeCloseTo(Math.min(...values), 12);
    }
  });

  it('is the value of the order by id with lower-id, and of the mean ranks with average-rank', () => {
    for (const { scores, relevant } of queries) {
      const query = rankQuery({ scores, relevant });
      const average = Array.from(query.bestRanks, (best, i) => (best + query.worstRanks[i]!) / 2);
      const untied = (ranks: ArrayLike<number>): RankedQuery => ({
        ranks,
        candidateCount: query.candidateCount,
        relevantCount: query.relevantCount,
      });
      expect(create({ ties: 'lower-id' }).measure(query)).toEqual(create().measure(untied(query.ranks)));
      expect(create({ ties: 'average-rank' }).measure(query)).toEqual(create().measure(untied(average)));
    }
  });

  it('gives constant scores the expected value of random scores', () => {
    for (const relevant of [[0], [1, 4], [0, 1, 2, 3]]) {
      const everyOrder = measureOrders(create(), Float32Array.of(5, 4, 3, 2, 1, 0), relevant, relevant.length);
      const random = orders.map((order) => create().measure(rankQuery({ scores: Float32Array.from(order), relevant })));
      const constant = create().measure(rankQuery({ scores: new Float32Array(6), relevant }));
      expect(constant).toBeCloseTo(random.reduce((sum, value) => sum + value, 0) / random.length, 12);
      expect(everyOrder).toHaveLength(720);
    }
  });

  it('does not depend on which of the tied items is relevant', () => {
    const values = [0, 1, 2, 3].map((item) =>
      create().measure(rankQuery({ scores: Float32Array.of(1, 1, 1, 1, 0, 2), relevant: [item] })),
    );
    expect(new Set(values).size).toBe(1);
  });

  it('has its rule in its protocol, and takes another one unless it was named', () => {
    expect(create().protocol).toMatchObject({ ties: 'expected' });
    const other = create().withTies!('worst');
    expect([other.protocol, other.name]).toEqual([create({ ties: 'worst' }).protocol, create().name]);
    expect([other.withTies, create({ ties: 'expected' }).withTies]).toEqual([undefined, undefined]);
  });

  it('rejects a rule that does not exist', () => {
    expect(() => create({ ties: 'random' as TieRule })).toThrow(
      '(ties): expected one of expected, average-rank, lower-id, best, worst, received random.',
    );
  });
});

describe('metrics of constant scores over a catalogue', () => {
  it('are those of chance: one relevant item of 20,000', () => {
    const constant = rankQuery({ scores: new Float32Array(20_000), relevant: [0] });
    const discounts = Array.from({ length: 10 }, (_, rank) => 1 / Math.log2(rank + 2));
    expect(ndcg({ at: 10 }).measure(constant)).toBeCloseTo(discounts.reduce((sum, each) => sum + each) / 20_000, 15);
    expect(recall({ at: 20 }).measure(constant)).toBeCloseTo(20 / 20_000, 15);
    expect(hitRate({ at: 10 }).measure(constant)).toBeCloseTo(10 / 20_000, 15);
    expect(auc().measure(constant)).toBe(0.5);
  });

  it('do not depend on how many relevant items precede a group', () => {
    // Two relevant items of ten at the top, then three of 1,000 with equal scores: each of the places 10 to 19 of
    // recall@20 has 3/1000.
    const scores = Float32Array.from({ length: 1010 }, (_, item) => (item < 10 ? 10 - item : 0));
    const query = rankQuery({ scores, relevant: [0, 9, 50, 60, 70] });
    expect(recall({ at: 20 }).measure(query)).toBeCloseTo((2 + 10 * 0.003) / 5, 15);
  });
});
