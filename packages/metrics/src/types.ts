import type { Described } from '@footlight/core';

/** Where the relevant items of one query stand in a ranking. Ranks count from 0. */
export interface RankedQuery {
  /** Ranks of the relevant items among the candidates, ascending; equal scores are ordered by the evaluator's tie rule (lower id first). */
  readonly ranks: ArrayLike<number>; // [relevant, reachable]
  /** The same, each item of a group of equal scores at the mean rank of its group (scipy's `average`, minus 1). */
  readonly averageRanks: ArrayLike<number>; // [relevant, reachable]
  /** Items that were ranked. */
  readonly candidateCount: number;
  /** Relevant items in all, those that were not among the candidates included. */
  readonly relevantCount: number;
}

/** Judges where the relevant items stand. */
export interface RankMetric extends Described {
  readonly kind: 'rank';
  /** Against how many items drawn from the catalogue each relevant item is ranked by itself; absent: all relevant items in the ranking of the whole catalogue. */
  readonly sampled?: number;
  /** @returns one value for one query; NaN where it is undefined (such queries are left out of the mean, and counted) */
  measure(query: RankedQuery): number;
}

/** Judges the lists that would be shown, all of them together: coverage, novelty, gini. */
export interface ListMetric extends Described {
  readonly kind: 'list';
  /** Length of the lists it looks at. */
  readonly at: number;
  /** `lists` [query, at], −1 where a list ended early; `popularity` [item], interactions of each item in training. @returns one value for all */
  measure(lists: Int32Array, popularity: Float64Array, userCount: number): number;
}

/** A scale for errors other than that of the source, e.g. `ratingScale({ from: [1, 5] })` of `@footlight/datasets`. */
export interface ErrorScale extends Described {
  toModel(rating: number): number;
}

export interface RatingMetricOptions {
  /** Measure in this scale instead of the source's own, as some publications do. The scale's name stands in the metric's. */
  readonly scale?: ErrorScale;
}

/** Judges predicted ratings. */
export interface RatingMetric extends Described {
  readonly kind: 'rating';
  /** Both in the source's own scale. @returns one value for one rating */
  measure(predicted: number, rating: number): number;
  /** Turns the mean of all values into the reported one, e.g. the square root for RMSE. */
  finish(mean: number): number;
}

export type Metric = RankMetric | ListMetric | RatingMetric;
