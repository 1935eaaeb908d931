import { invalid, type Rng } from '@footlight/core';
import { groupByUser, type Interactions } from '@footlight/datasets';
import {
  type ListMetric,
  type Metric,
  type RankedQuery,
  type RankMetric,
  type RatingMetric,
  summarize,
} from '@footlight/metrics';
import type { MetricSummary } from '../types.js';
import { measureSampled, type ScoreLookup } from './measure-sampled.js';
import type { EvaluateOptions, MetricValues } from './types.js';

/** A metric and the values that were accumulated so far. Which method is present depends on the kind of the metric. */
export interface MetricAccumulator {
  readonly metric: Metric;
  addRanked?(query: number, ranked: RankedQuery): void;
  /** `row` is the position of query `start + row` in its batch. */
  addScored?(start: number, row: number, relevant: Int32Array, score: ScoreLookup): void;
  addList?(query: number, list: ArrayLike<number>): void;
  addRating?(targetRow: number, predicted: number): void;
  finish(): MetricValues;
}

/** Users, by which standard errors are clustered. */
interface ClusterOptions {
  /** The user of each query, `[query]`. Default: each query is a user of its own. */
  readonly queryUsers?: Int32Array | undefined;
  /** The user of each target, `[target]`. Default: that of the column. */
  readonly targetUsers?: Int32Array | undefined;
}

/**
 * Creates the accumulator of a metric.
 *
 * @throws {RecsysError} `invalid-argument` if the metric needs random numbers, ratings or training interactions that
 *   are absent
 */
export function createAccumulator(
  metric: Metric,
  queryCount: number,
  targets: Interactions,
  {
    train,
    rng,
    itemCount = targets.catalogue.itemCount,
    queryUsers,
    targetUsers = targets.users,
  }: Pick<EvaluateOptions, 'train' | 'rng'> & ClusterOptions & { readonly itemCount?: number },
): MetricAccumulator {
  if (metric.kind === 'rank' && metric.sampled === undefined) return accumulateRanks(metric, queryCount, queryUsers);
  if (metric.kind === 'rank')
    return accumulateSampledRanks(
      metric,
      queryCount,
      itemCount,
      queryUsers,
      (rng ?? invalid('evaluate(rng)', `random numbers for ${metric.name}`, 'none', 'Pass { rng }.')).fork(metric.name),
    );
  if (metric.kind === 'rating')
    return accumulateRatings(
      metric,
      targets.ratings ?? invalid('evaluate(heldOut)', `targets with ratings for ${metric.name}`, 'none'),
      targetUsers,
    );
  return accumulateLists(
    metric,
    queryCount,
    train ?? invalid('evaluate(train)', `training interactions for ${metric.name}`, 'none', 'Pass { train }.'),
  );
}

function accumulateRanks(
  metric: RankMetric,
  queryCount: number,
  queryUsers: Int32Array | undefined,
): MetricAccumulator {
  const values = new Float64Array(queryCount);
  return {
    metric,
    addRanked(query, ranked) {
      values[query] = metric.measure(ranked);
    },
    finish: () => ({ ...toSummary(values, queryUsers), values }),
  };
}

function accumulateSampledRanks(
  metric: RankMetric,
  queryCount: number,
  itemCount: number,
  queryUsers: Int32Array | undefined,
  rng: Rng,
): MetricAccumulator {
  const values = new Float64Array(queryCount);
  return {
    metric,
    addScored(start, row, relevant, score) {
      values[start + row] = measureSampled(metric, score, row, relevant, itemCount, rng);
    },
    finish: () => ({ ...toSummary(values, queryUsers), values }),
  };
}

function accumulateRatings(metric: RatingMetric, ratings: Float32Array, targetUsers: Int32Array): MetricAccumulator {
  const values = new Float64Array(ratings.length);
  return {
    metric,
    addRating(row, predicted) {
      values[row] = metric.measure(predicted, ratings[row]!);
    },
    finish() {
      const { mean, standardError, count } = summarize(values, { clusters: targetUsers });
      const finished = metric.finish(mean);
      // The delta method: a smooth function g of a mean has the standard error |g'| · se; g' by central difference.
      const width = Math.max(1e-6 * Math.abs(mean), 1e-12);
      const slope =
        (metric.finish(mean + width) - metric.finish(Math.max(0, mean - width))) /
        (mean + width - Math.max(0, mean - width));
      return { mean: finished, standardError: Math.abs(slope) * standardError, count, values };
    },
  };
}

function accumulateLists(metric: ListMetric, queryCount: number, train: Interactions): MetricAccumulator {
  const lists = new Int32Array(queryCount * metric.at).fill(-1);
  return {
    metric,
    addList(query, list) {
      for (let rank = 0; rank < Math.min(metric.at, list.length); rank++) lists[query * metric.at + rank] = list[rank]!;
    },
    finish() {
      const { popularity, userCount } = countUsers(train);
      const mean = metric.measure(lists, popularity, userCount);
      return { mean, standardError: Number.NaN, count: queryCount, values: Float64Array.of(mean) };
    },
  };
}

/** Counts the users of each item, several interactions of one user once, and the users who have any interaction. */
function countUsers(train: Interactions): { readonly popularity: Float64Array; readonly userCount: number } {
  const { items, catalogue } = train;
  const popularity = new Float64Array(catalogue.itemCount);
  const { offsets, rows } = groupByUser(train);
  const lastUser = new Int32Array(catalogue.itemCount).fill(-1);
  let userCount = 0;
  for (let user = 0; user + 1 < offsets.length; user++) {
    if (offsets[user + 1]! > offsets[user]!) userCount++;
    for (let at = offsets[user]!; at < offsets[user + 1]!; at++) {
      const item = items[rows[at]!]!;
      if (lastUser[item] === user) continue;
      lastUser[item] = user;
      popularity[item]!++;
    }
  }
  return { popularity, userCount };
}

function toSummary(values: Float64Array, clusters: Int32Array | undefined): MetricSummary {
  const { mean, standardError, count } = summarize(values, { clusters });
  return { mean, standardError, count };
}
