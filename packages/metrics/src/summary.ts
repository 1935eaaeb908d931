import { assertFraction, assertInteger, invalid, type Rng } from '@footlight/core';

/** Mean and standard error of some values. */
export interface Summary {
  /** Mean of the defined values; NaN if there are none. */
  readonly mean: number;
  /** Standard deviation (with n − 1) divided by √n; NaN for fewer than two defined values. */
  readonly standardError: number;
  /** Number of defined values. */
  readonly count: number;
  /** Number of undefined values, which are NaN. They are left out of all other fields. */
  readonly undefinedCount: number;
}

/**
 * Summarizes one value per query by mean and standard error.
 *
 * @example
 * summarize([0, 1, 1, Number.NaN]) // { mean: 0.667, standardError: 0.333, count: 3, undefinedCount: 1 }
 */
export function summarize(values: ArrayLike<number>): Summary {
  const defined = selectDefined(values);
  const count = defined.length;
  const mean = computeMean(defined);
  const squares = defined.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const standardError = count < 2 ? Number.NaN : Math.sqrt(squares / (count - 1) / count);
  return { mean, standardError, count, undefinedCount: values.length - count };
}

/** A confidence interval. */
export interface Interval {
  /** Lower bound. */
  readonly low: number;
  /** Upper bound. */
  readonly high: number;
}

/** Options of `bootstrapInterval` and `comparePaired`. */
export interface ResampleOptions {
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
 * NaN values are left out.
 *
 * @throws {RecsysError} `invalid-argument` if no value is defined, or if an option is out of range
 * @example
 * bootstrapInterval(values, { rng: createRng(42) }) // { low, high }
 * @source Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13
 */
export function bootstrapInterval(
  values: ArrayLike<number>,
  { rng, confidence = 0.95, resamples = 2000 }: ResampleOptions,
): Interval {
  assertFraction('bootstrapInterval(confidence)', confidence);
  assertInteger('bootstrapInterval(resamples)', resamples);
  const defined = selectDefined(values);
  if (defined.length === 0) invalid('bootstrapInterval(values)', 'at least one defined value', 'none');
  const means = Float64Array.from({ length: resamples }, () => drawResampledMean(defined, rng)).sort();
  return { low: computeQuantile(means, (1 - confidence) / 2), high: computeQuantile(means, (1 + confidence) / 2) };
}

/** Result of a paired comparison of two models. */
export interface PairedComparison {
  /** Mean of a − b over the pairs in which both are defined. */
  readonly meanDifference: number;
  /** Standard error of the mean difference. */
  readonly standardError: number;
  /** Bootstrap confidence interval of the mean difference. */
  readonly interval: Interval;
  /** Two-sided p-value of the sign-flip test, at least 1 / (resamples + 1). */
  readonly pValue: number;
  /** Number of pairs in which both values are defined. */
  readonly count: number;
}

/**
 * Compares two models on the same queries by a paired permutation test and a bootstrap interval.
 *
 * $$ p = \frac{1 + |\{s : |\overline{s d}| \ge |\bar{d}|\}|}{1 + \mathrm{resamples}}, \qquad d_q = a_q - b_q,\ s_q = \pm 1\ \mathrm{at\ random} $$
 *
 * a and b are the values of the models, d their differences, and s random signs. The p-value is that of a sign-flip
 * permutation test: if the models are equally good, each difference has either sign with equal probability.
 *
 * @throws {RecsysError} `invalid-argument` if the lengths differ, if fewer than two pairs are defined, or if an option
 *   is out of range
 * @example
 * const { meanDifference, interval, pValue } = comparePaired(ndcgOfOne, ndcgOfOther, { rng: createRng(42) });
 * @source Smucker et al., CIKM 2007, https://doi.org/10.1145/1321440.1321528
 */
export function comparePaired(a: ArrayLike<number>, b: ArrayLike<number>, options: ResampleOptions): PairedComparison {
  if (a.length !== b.length)
    invalid(
      'comparePaired(b)',
      `${a.length} values, one for each of a`,
      b.length,
      'Evaluate both on the same queries.',
    );
  const differences = selectDefined(Float64Array.from(a, (value, i) => value - b[i]!));
  if (differences.length < 2) invalid('comparePaired(a, b)', 'at least 2 pairs of defined values', differences.length);
  const { mean, standardError, count } = summarize(differences);
  return {
    meanDifference: mean,
    standardError,
    interval: bootstrapInterval(differences, { ...options, rng: options.rng.fork('bootstrap') }),
    pValue: computeSignFlipPValue(differences, options.rng.fork('signs'), options.resamples ?? 2000),
    count,
  };
}

function computeSignFlipPValue(differences: Float64Array, rng: Rng, resamples: number): number {
  const observed = Math.abs(computeMean(differences));
  const rounding = 1e-12 * computeMean(differences.map(Math.abs)); // sums of the same size may differ in the last bits
  let asLarge = 0;
  for (let i = 0; i < resamples; i++) if (Math.abs(drawFlippedMean(differences, rng)) >= observed - rounding) asLarge++;
  return (1 + asLarge) / (1 + resamples);
}

function drawFlippedMean(differences: Float64Array, rng: Rng): number {
  let sum = 0;
  let bits = 0;
  for (let i = 0; i < differences.length; i++) {
    if (i % 32 === 0) bits = rng.integer(2 ** 32);
    sum += (bits >>> (i % 32)) & 1 ? differences[i]! : -differences[i]!;
  }
  return sum / differences.length;
}

function drawResampledMean(values: Float64Array, rng: Rng): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[rng.integer(values.length)]!;
  return sum / values.length;
}

function selectDefined(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).filter((value) => !Number.isNaN(value));
}

function computeMean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length; // 0 / 0 = NaN
}

/** Computes a quantile by linear interpolation, as numpy does by default. */
function computeQuantile(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const below = sorted[Math.floor(position)]!;
  return below + (sorted[Math.ceil(position)]! - below) * (position % 1);
}
