import { assertFraction, assertInteger, invalid, type Rng } from '@footlight/core';
import { sumByCluster, total } from './clusters.js';

/** Mean and standard error of some values. */
export interface Summary {
  /** Mean of the defined values; NaN if there are none. */
  readonly mean: number;
  /** Cluster-robust standard error of the mean; NaN for fewer than two clusters with a defined value. */
  readonly standardError: number;
  /** Number of defined values. */
  readonly count: number;
  /** Number of undefined values, which are NaN. They are left out of all other fields. */
  readonly undefinedCount: number;
  /** Number of clusters with a defined value; equal to `count` without clusters. */
  readonly clusterCount: number;
}

export interface SummarizeOptions {
  /**
   * The cluster of each value, e.g. the user of each query: values of one cluster may depend on each other. Default:
   * each value is a cluster of its own.
   */
  readonly clusters?: ArrayLike<number> | undefined;
}

/**
 * Summarizes one value per query by mean and cluster-robust standard error.
 *
 * $$ \mathrm{se} = \frac{1}{n} \sqrt{\frac{G}{G - 1} \sum_{g=1}^{G} \Bigl(\sum_{i \in g} (x_i - \bar{x})\Bigr)^2} $$
 *
 * where n is the number of values and G that of clusters. Without clusters, G = n, and it is the standard deviation
 * (with n − 1) divided by √n.
 *
 * @example
 * summarize([0, 1, 1, Number.NaN]) // { mean: 0.667, standardError: 0.333, count: 3, … }
 * summarize([1, 0.5, 0.25], { clusters: [7, 7, 9] }) // three queries of two users
 * @source Liang and Zeger, Biometrika 73 (1986), for the mean; the factor G / (G − 1) as in Stata and statsmodels
 */
export function summarize(values: ArrayLike<number>, { clusters }: SummarizeOptions = {}): Summary {
  const defined = selectDefined(values);
  const count = defined.length;
  const mean = computeMean(defined);
  const { sums: residuals } = sumByCluster(
    'summarize(clusters)',
    Float64Array.from(values, (x) => x - mean),
    clusters,
  );
  const clusterCount = residuals.length;
  const squares = residuals.reduce((sum, residual) => sum + residual ** 2, 0);
  const standardError =
    clusterCount < 2 ? Number.NaN : Math.sqrt(((clusterCount / (clusterCount - 1)) * squares) / count ** 2);
  return { mean, standardError, count, undefinedCount: values.length - count, clusterCount };
}

/** A confidence interval. */
export interface Interval {
  /** Lower bound. */
  readonly low: number;
  /** Upper bound. */
  readonly high: number;
}

/** Options of `bootstrapInterval` and `comparePaired`. */
export interface ResampleOptions extends SummarizeOptions {
  /** Source of the random samples. */
  readonly rng: Rng;
  /** Share of the resampled means inside the interval, above 0 and below 1. Default 0.95. */
  readonly confidence?: number;
  /** Number of samples, from 1. Default 2000. */
  readonly resamples?: number;
}

/**
 * Computes a bootstrap confidence interval of the mean: percentiles of the means of samples drawn with replacement.
 *
 * With `clusters`, whole clusters are drawn, and the mean of a sample is the mean of all its values (cluster
 * bootstrap). NaN values are left out.
 *
 * @throws {RecsysError} `invalid-argument` if no value is defined, or if an option is out of range
 * @example
 * bootstrapInterval(values, { rng: createRng(42) }) // { low, high }
 * @source Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13; Davison and Hinkley, Bootstrap
 *   Methods and their Application (1997), section 3.8
 */
export function bootstrapInterval(
  values: ArrayLike<number>,
  { rng, confidence = 0.95, resamples = 2000, clusters }: ResampleOptions,
): Interval {
  assertFraction('bootstrapInterval(confidence)', confidence);
  assertInteger('bootstrapInterval(resamples)', resamples);
  const { sums, counts } = sumByCluster('bootstrapInterval(clusters)', values, clusters);
  if (sums.length === 0) invalid('bootstrapInterval(values)', 'at least one defined value', 'none');
  const means = Float64Array.from({ length: resamples }, () => drawResampledMean(sums, counts, rng)).sort();
  return { low: computeQuantile(means, (1 - confidence) / 2), high: computeQuantile(means, (1 + confidence) / 2) };
}

function drawResampledMean(sums: Float64Array, counts: Float64Array, rng: Rng): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < sums.length; i++) {
    const drawn = rng.integer(sums.length);
    sum += sums[drawn]!;
    count += counts[drawn]!;
  }
  return sum / count;
}

/** The values that are not NaN. */
export function selectDefined(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).filter((value) => !Number.isNaN(value));
}

/** The mean; NaN of no value. */
function computeMean(values: Float64Array): number {
  return total(values) / values.length; // 0 / 0 = NaN
}

/** Computes a quantile by linear interpolation, as numpy does by default. */
function computeQuantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)]!;
  return below + (sorted[Math.ceil(position)]! - below) * (position % 1);
}
