import type { Described } from '@footlight/core';

/** The ranks of the relevant items of one query. Ranks count from 0. `rankQuery` creates it from scores. */
export interface RankedQuery {
  /**
   * `[relevant]`: ranks of the relevant items among the candidates, ascending. Items with equal scores are ranked by
   * their ids.
   */
  readonly ranks: ArrayLike<number>;
  /**
   * `[relevant]`: number of candidates with a higher score, which is the best rank among equal scores. Absent: no
   * candidate has the score of a relevant item, so that there is one rank for each.
   */
  readonly bestRanks?: ArrayLike<number>;
  /** `[relevant]`: the worst rank among equal scores. Absent: as `ranks`. */
  readonly worstRanks?: ArrayLike<number>;
  /** Number of items that were ranked. */
  readonly candidateCount: number;
  /**
   * Number of relevant items. It may exceed `ranks.length`, since it includes the relevant items that are not
   * candidates.
   */
  readonly relevantCount: number;
}

/**
 * How candidates with equal scores are ranked:
 * - `expected`: in random order; the metric is its expected value over all orders, computed exactly.
 * - `average-rank`: they share the mean of their ranks, as in Spotlight (scipy's `average`).
 * - `lower-id`: in the order of their ids, as a stable sort of the scores has them. Constant scores then get a value
 *   above chance where low ids are popular.
 * - `best`: relevant items before the others; constant scores are then perfect.
 * - `worst`: relevant items after the others.
 */
export type TieRule = 'expected' | 'average-rank' | 'lower-id' | 'best' | 'worst';

/** A metric of the ranks of the relevant items, e.g. NDCG. All are from 0 to 1, and higher is better. */
export interface RankMetric extends Described {
  readonly kind: 'rank';
  /**
   * Number of items that are drawn to rank each relevant item against. Absent if it is ranked among the whole
   * catalogue.
   */
  readonly sampled?: number;
  /**
   * Computes the value of one query. NaN if it is undefined: the summary counts such queries and leaves them out of the
   * mean.
   */
  measure(query: RankedQuery): number;
  /** Creates the same metric with another rule of ties. Absent if a rule was named when the metric was created. */
  withTies?(ties: TieRule): RankMetric;
}

/** A metric of all recommended lists together, e.g. coverage. */
export interface ListMetric extends Described {
  readonly kind: 'list';
  /** Length of the lists. */
  readonly at: number;
  /**
   * Computes one value for all lists.
   *
   * `popularity` holds the number of users of each item in the training data, `userCount` the number of users who have
   * any item there.
   *
   * @shape lists `[query × at]`, row by row, −1 where a list ends early; popularity `[item]`
   */
  measure(lists: Int32Array, popularity: Float64Array, userCount: number): number;
}

/**
 * A scale of ratings other than the scale of the source, e.g. `ratingScale({ from: [1, 5] })` of `@footlight/datasets`.
 */
export interface ErrorScale extends Described {
  /** Converts a rating from the source's scale. */
  toModel(rating: number): number;
}

/** Options of `rmse` and `mae`. */
export interface RatingMetricOptions {
  /**
   * Scale of the error, as in some publications. Its name becomes part of the metric's name. Default: the source's
   * scale.
   */
  readonly scale?: ErrorScale;
}

/** A metric of predicted ratings, e.g. RMSE. All are at least 0, and lower is better. */
export interface RatingMetric extends Described {
  readonly kind: 'rating';
  /** Computes the value of one predicted rating. Both arguments are on the source's scale. */
  measure(predicted: number, rating: number): number;
  /** Converts the mean of all values to the reported number, e.g. with the square root for RMSE. */
  finish(mean: number): number;
}

/** Any metric. `kind` tells the three apart. */
export type Metric = RankMetric | ListMetric | RatingMetric;
