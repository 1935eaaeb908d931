import { assertFraction, assertInteger, invalid, type Rng } from '@footlight/core';
import { sumByCluster, total } from './clusters.js';
import { bootstrapInterval, type Interval, type ResampleOptions, selectDefined, summarize } from './summary.js';

/** Result of a paired comparison of two models. */
export interface PairedComparison {
  /** Mean of a − b over the pairs in which both are defined. */
  readonly meanDifference: number;
  /** Cluster-robust standard error of the mean difference. */
  readonly standardError: number;
  /** Bootstrap confidence interval of the mean difference. */
  readonly interval: Interval;
  /** Two-sided p-value of the sign-flip test, at least 1 / (resamples + 1). */
  readonly pValue: number;
  /** Number of pairs in which both values are defined. */
  readonly count: number;
  /** Number of clusters with such a pair; equal to `count` without clusters. */
  readonly clusterCount: number;
}

/**
 * Compares two models on the same queries by a paired permutation test and a bootstrap interval.
 *
 * $$ p = \frac{1 + |\{s : |\overline{s d}| \ge |\bar{d}|\}|}{1 + \mathrm{resamples}}, \qquad d_q = a_q - b_q,\ s_q = \pm 1\ \mathrm{at\ random} $$
 *
 * a and b are the values of the models, d their differences, and s random signs. The p-value is that of a sign-flip
 * permutation test: if the models are equally good, each difference has either sign with equal probability.
 *
 * With `clusters`, e.g. the user of each query, all differences of a cluster get the same sign, and whole clusters are
 * resampled: differences of one user need not be independent, those of two users are.
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
  const { clusters, confidence = 0.95, resamples = 2000 } = options;
  assertFraction('comparePaired(confidence)', confidence);
  assertInteger('comparePaired(resamples)', resamples);
  const differences = Float64Array.from(a, (value, i) => value - b[i]!);
  const { sums } = sumByCluster('comparePaired(clusters)', differences, clusters);
  const { mean, standardError, count, clusterCount } = summarize(differences, { clusters });
  if (clusterCount < 2)
    invalid(
      'comparePaired(a, b)',
      clusters ? 'pairs of defined values in at least 2 clusters' : 'at least 2 pairs of defined values',
      clusterCount,
    );
  const rounding = 1e-12 * total(selectDefined(differences).map(Math.abs));
  return {
    meanDifference: mean,
    standardError,
    interval: bootstrapInterval(differences, { ...options, rng: options.rng.fork('bootstrap') }),
    pValue: computeSignFlipPValue(sums, rounding, options.rng.fork('signs'), resamples),
    count,
    clusterCount,
  };
}

/** @param rounding sums of the same size may differ by as much, in their last bits */
function computeSignFlipPValue(sums: Float64Array, rounding: number, rng: Rng, resamples: number): number {
  const observed = Math.abs(total(sums));
  let asLarge = 0;
  for (let i = 0; i < resamples; i++) if (Math.abs(drawFlippedSum(sums, rng)) >= observed - rounding) asLarge++;
  return (1 + asLarge) / (1 + resamples);
}

function drawFlippedSum(sums: Float64Array, rng: Rng): number {
  let sum = 0;
  let bits = 0;
  for (let i = 0; i < sums.length; i++) {
    if (i % 32 === 0) bits = rng.integer(2 ** 32);
    sum += (bits >>> (i % 32)) & 1 ? sums[i]! : -sums[i]!;
  }
  return sum;
}
