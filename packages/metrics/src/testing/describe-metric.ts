import { canonicalJson, createRng, type Rng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { rankQuery } from '../rank-query.js';
import { summarize } from '../summary.js';
import type { ListMetric, Metric, RankedQuery, RankMetric, RatingMetric } from '../types.js';

/**
 * Contract suite of metrics: defines one test per promise that every metric of this kind must keep.
 *
 * @example
 * describeMetric('ndcg', ndcg({ at: 10 }));
 */
export function describeMetric(name: string, metric: Metric): void {
  describe(name, () => {
    it('has a protocol that is unchanged by JSON.stringify and JSON.parse', () =>
      expect(JSON.parse(canonicalJson(metric.protocol))).toEqual(metric.protocol));
    if (metric.kind === 'rank') describeRankMetric(metric);
    else if (metric.kind === 'list') describeListMetric(metric);
    else describeRatingMetric(metric);
  });
}

const CANDIDATES = 211;

function describeRankMetric(metric: RankMetric): void {
  it('has values from 0 to 1', () => {
    for (const query of drawQueries(createRng('range'))) {
      expect(metric.measure(query)).toBeGreaterThanOrEqual(0);
      expect(metric.measure(query)).toBeLessThanOrEqual(1);
    }
  });

  it('is 1 for an ideal list of one relevant item or of many', () => {
    const [one, many] = [1, 101].map((count) =>
      metric.measure(createUntiedQuery(Array.from({ length: count }, (_, rank) => rank))),
    );
    expect(Math.max(one!, many!)).toBeCloseTo(1, 12);
  });

  it('never decreases when a relevant item gets a better rank', () => {
    const rng = createRng('rise');
    for (let trial = 0; trial < 97; trial++) {
      const ranks = drawRanks(rng, 7);
      const risen = ranks.map((rank) => (rank > 0 && !ranks.includes(rank - 1) ? rank - 1 : rank));
      expect(metric.measure(createUntiedQuery(risen))).toBeGreaterThanOrEqual(metric.measure(createUntiedQuery(ranks)));
    }
  });

  it('counts relevant items that are not candidates as missed', () => {
    const rng = createRng('miss');
    for (let trial = 0; trial < 97; trial++) {
      const query = createUntiedQuery(drawRanks(rng, 3));
      expect(metric.measure({ ...query, relevantCount: 5 })).toBeLessThanOrEqual(metric.measure(query));
      expect(metric.measure({ ...query, ranks: [] })).toBe(0);
    }
  });

  it('is NaN for a query without relevant items', () => expect(metric.measure(createUntiedQuery([]))).toBeNaN());

  it('is not higher for constant scores than for random scores', () => {
    const rng = createRng('constant');
    const [constant, random] = [() => 0, () => rng.next()].map((score) => {
      const values = Array.from({ length: 997 }, () => {
        const relevant = rng.shuffle(Int32Array.from({ length: 31 }, (_, item) => item)).subarray(0, 3);
        return metric.measure(rankQuery({ scores: Float32Array.from({ length: 31 }, score), relevant }));
      });
      return summarize(values);
    });
    expect(constant!.mean).toBeLessThanOrEqual(
      random!.mean + 5 * Math.hypot(constant!.standardError, random!.standardError),
    );
  });
}

/** Draws the ranks of `count` items without ties, ascending. */
function drawRanks(rng: Rng, count: number): number[] {
  const ranks = rng.shuffle(Array.from({ length: CANDIDATES }, (_, rank) => rank)).slice(0, count);
  return ranks.sort((a, b) => a - b);
}

function createUntiedQuery(ranks: readonly number[]): RankedQuery {
  return { ranks, candidateCount: CANDIDATES, relevantCount: ranks.length };
}

/** Draws queries with ties, with relevant items that are not candidates, and with one relevant item or many. */
function drawQueries(rng: Rng): RankedQuery[] {
  return Array.from({ length: 97 }, (_, trial) => {
    const scores = Float32Array.from({ length: CANDIDATES }, () => rng.integer(trial % 2 === 0 ? 11 : 2 ** 20));
    const ids = rng.shuffle(Int32Array.from({ length: CANDIDATES }, (_, item) => item));
    const count = 1 + rng.integer(61);
    return rankQuery({
      scores,
      relevant: ids.subarray(0, count),
      excluded: ids.subarray(count - 1, count + rng.integer(13)),
    });
  });
}

const ITEMS = 31;
const USERS = 53;

function describeListMetric(metric: ListMetric): void {
  const popularity = Float64Array.from({ length: ITEMS }, (_, item) => item % USERS);
  const measure = (lists: Int32Array) => metric.measure(lists, popularity, USERS);
  const lists = drawLists(createRng('lists'), metric.at);

  it('is finite and at least 0', () => {
    expect(measure(lists)).toBeGreaterThanOrEqual(0);
    expect(measure(lists)).toBeLessThan(Infinity);
  });

  it('is finite for items without interactions in the training data', () => {
    expect(metric.measure(lists, new Float64Array(ITEMS), USERS)).toBeLessThan(Infinity);
  });

  it('does not depend on the order of the lists', () => {
    const reversed = Array.from({ length: USERS }, (_, user) =>
      lists.slice(user * metric.at, (user + 1) * metric.at),
    ).reverse();
    expect(measure(Int32Array.from(reversed.flatMap((list) => [...list])))).toBeCloseTo(measure(lists), 12);
  });

  it('ignores empty positions', () => {
    const longer = new Int32Array(lists.length + 3 * metric.at).fill(-1);
    longer.set(lists);
    expect(measure(longer)).toBeCloseTo(measure(lists), 12);
  });

  it('is NaN if all lists are empty', () => expect(measure(new Int32Array(metric.at).fill(-1))).toBeNaN());

  it('rejects an item that is not in the catalogue', () => {
    expect(() => measure(new Int32Array(metric.at).fill(ITEMS))).toThrow(
      `expected ids from 0 to ${ITEMS - 1}, received ${ITEMS}`,
    );
  });
}

/** Draws one list for each user. Every third list is one item shorter. */
function drawLists(rng: Rng, at: number): Int32Array {
  const lists = Int32Array.from({ length: USERS * at }, () => rng.integer(ITEMS));
  for (let user = 0; user < USERS; user += 3) lists[(user + 1) * at - 1] = -1;
  return lists;
}

function describeRatingMetric(metric: RatingMetric): void {
  const ratings = [0.5, 1, 3, 5];

  it('is 0 for a prediction that equals the rating', () => {
    for (const rating of ratings) expect(metric.finish(metric.measure(rating, rating))).toBe(0);
  });

  it('increases with the distance from the rating, above and below it', () => {
    for (const rating of ratings) {
      for (const sign of [-1, 1]) {
        const [near, far] = [0.25, 0.5].map((error) => metric.measure(rating + sign * error, rating));
        expect(near).toBeGreaterThan(0);
        expect(far).toBeGreaterThan(near!);
      }
    }
  });

  it('increases with the mean of the values', () => expect(metric.finish(0.5)).toBeLessThan(metric.finish(0.75)));
}
