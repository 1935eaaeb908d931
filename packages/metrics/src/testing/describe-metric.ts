import { canonicalJson, createRng, type Rng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { rankQuery } from '../rank-query.js';
import { summarize } from '../summary.js';
import type { ListMetric, Metric, RankedQuery, RankMetric, RatingMetric } from '../types.js';

/**
 * The promises that every metric of its kind keeps, as tests.
 *
 * @example
 * describeMetric('ndcg', ndcg({ at: 10 }));
 */
export function describeMetric(name: string, metric: Metric): void {
  describe(name, () => {
    it('has a protocol that survives JSON', () =>
      expect(JSON.parse(canonicalJson(metric.protocol))).toEqual(metric.protocol));
    if (metric.kind === 'rank') describeRankMetric(metric);
    else if (metric.kind === 'list') describeListMetric(metric);
    else describeRatingMetric(metric);
  });
}

const CANDIDATES = 211;

function describeRankMetric(metric: RankMetric): void {
  it('gives values from 0 to 1', () => {
    for (const query of randomQueries(createRng('range'))) {
      expect(metric.measure(query)).toBeGreaterThanOrEqual(0);
      expect(metric.measure(query)).toBeLessThanOrEqual(1);
    }
  });

  it('gives 1 to an ideal list, of one relevant item or of many', () => {
    const [one, many] = [1, 101].map((count) =>
      metric.measure(untied(Array.from({ length: count }, (_, rank) => rank))),
    );
    expect(Math.max(one!, many!)).toBeCloseTo(1, 12);
  });

  it('never falls when a relevant item rises', () => {
    const rng = createRng('rise');
    for (let trial = 0; trial < 97; trial++) {
      const ranks = randomRanks(rng, 7);
      const risen = ranks.map((rank) => (rank > 0 && !ranks.includes(rank - 1) ? rank - 1 : rank));
      expect(metric.measure(untied(risen))).toBeGreaterThanOrEqual(metric.measure(untied(ranks)));
    }
  });

  it('counts relevant items that were no candidates as missed', () => {
    const rng = createRng('miss');
    for (let trial = 0; trial < 97; trial++) {
      const query = untied(randomRanks(rng, 3));
      expect(metric.measure({ ...query, relevantCount: 5 })).toBeLessThanOrEqual(metric.measure(query));
      expect(metric.measure({ ...query, ranks: [], averageRanks: [] })).toBe(0);
    }
  });

  it('is undefined where nothing is relevant', () => expect(metric.measure(untied([]))).toBeNaN());

  it('does not reward a scorer that gives every item the same score', () => {
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

/** Ranks of `count` items without ties, ascending. */
function randomRanks(rng: Rng, count: number): number[] {
  const ranks = rng.shuffle(Array.from({ length: CANDIDATES }, (_, rank) => rank)).slice(0, count);
  return ranks.sort((a, b) => a - b);
}

function untied(ranks: readonly number[]): RankedQuery {
  return { ranks, averageRanks: ranks, candidateCount: CANDIDATES, relevantCount: ranks.length };
}

/** Queries with ties, with relevant items that cannot be reached, and with one relevant item or many. */
function randomQueries(rng: Rng): RankedQuery[] {
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
  const lists = randomLists(createRng('lists'), metric.at);

  it('gives a finite value of at least 0', () => {
    expect(measure(lists)).toBeGreaterThanOrEqual(0);
    expect(measure(lists)).toBeLessThan(Infinity);
  });

  it('gives a finite value to lists of items that nobody has', () => {
    expect(metric.measure(lists, new Float64Array(ITEMS), USERS)).toBeLessThan(Infinity);
  });

  it('does not care whose list is whose', () => {
    const reversed = Array.from({ length: USERS }, (_, user) =>
      lists.slice(user * metric.at, (user + 1) * metric.at),
    ).reverse();
    expect(measure(Int32Array.from(reversed.flatMap((list) => [...list])))).toBeCloseTo(measure(lists), 12);
  });

  it('passes over places that no item fills', () => {
    const longer = new Int32Array(lists.length + 3 * metric.at).fill(-1);
    longer.set(lists);
    expect(measure(longer)).toBeCloseTo(measure(lists), 12);
  });

  it('is undefined where nothing is shown', () => expect(measure(new Int32Array(metric.at).fill(-1))).toBeNaN());

  it('refuses an item that is not in the catalogue', () => {
    expect(() => measure(new Int32Array(metric.at).fill(ITEMS))).toThrow(
      `expected ids from 0 to ${ITEMS - 1}, received ${ITEMS}`,
    );
  });
}

/** One list for each user, the last item missing in every third. */
function randomLists(rng: Rng, at: number): Int32Array {
  const lists = Int32Array.from({ length: USERS * at }, () => rng.integer(ITEMS));
  for (let user = 0; user < USERS; user += 3) lists[(user + 1) * at - 1] = -1;
  return lists;
}

function describeRatingMetric(metric: RatingMetric): void {
  const ratings = [0.5, 1, 3, 5];

  it('gives 0 to the rating itself', () => {
    for (const rating of ratings) expect(metric.finish(metric.measure(rating, rating))).toBe(0);
  });

  it('rises with the error, on both sides', () => {
    for (const rating of ratings) {
      for (const sign of [-1, 1]) {
        const [near, far] = [0.25, 0.5].map((error) => metric.measure(rating + sign * error, rating));
        expect(near).toBeGreaterThan(0);
        expect(far).toBeGreaterThan(near!);
      }
    }
  });

  it('rises with the mean', () => expect(metric.finish(0.5)).toBeLessThan(metric.finish(0.75)));
}
