import { invalid } from '@footlight/core';
import { tf } from '@footlight/engine';
import { declareComparison } from '../compares-scores.js';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import type { HingeOptions } from './hinge.js';
import { assertMargin, assertScores, selectPerRow, subtractPositive } from './scores.js';

/** Options of `warpLoss`. */
export interface WarpOptions extends HingeOptions {
  /**
   * Function from an estimated rank to a weight: `harmonic`, the sum of 1/i for i up to the rank, as in the paper; or
   * `logarithm`, log(rank), as in LightFM, which gives weight 0 to rank 1. Default `harmonic`.
   */
  readonly weight?: 'harmonic' | 'logarithm';
}

/**
 * Weighted approximate-rank pairwise (WARP) loss: a hinge loss weighted by the estimated rank of the positive.
 *
 * $$ \ell_q = L\left( \left\lfloor \frac{I - 1}{t_q} \right\rfloor \right) \max(0, s_{qn_q} - s_{qp} + m), \quad L(r) = \sum_{i=1}^{r} \frac1i $$
 *
 * s_qp is the score of the positive of query q, m the margin, n_q the first negative in the order of drawing that
 * violates the margin, t_q its position from 1, and I the number of items in the catalogue. The fewer draws are needed,
 * the worse the estimated rank and the larger the weight. Only that negative and the positive get a gradient. The loss
 * of a query without violation is 0.
 *
 * Differs from the paper: the search stops after the given negatives (10 by default, as in LightFM), and a negative may
 * be an item of the user unless the sampler rejects it.
 *
 * @example
 * const scores = { positive: tf.tensor1d([2]), negatives: tf.tensor2d([[0, 1.5]]), itemCount: 8 };
 * warpLoss().compute(scores) // ≈ [0.917], L(3) · 0.5
 * @shape positive `[query]`, negatives `[query, negative]` in the order of drawing → `[query]`
 * @throws {RecsysError} `invalid-argument` if positive and negatives disagree on `query`, if there is no negative, if
 *   `itemCount` is missing, or if an option is out of range
 * @source Weston, Bengio, Usunier, IJCAI 2011, https://www.ijcai.org/Proceedings/11/Papers/460.pdf
 */
export function warpLoss({ margin = 1, weight = 'harmonic' }: WarpOptions = {}): RankingLoss {
  assertMargin('warpLoss', margin);
  if (weight !== 'harmonic' && weight !== 'logarithm') invalid('warpLoss(weight)', "'harmonic' or 'logarithm'", weight);
  const weigh = weight === 'harmonic' ? sumHarmonic : Math.log;
  return declareComparison(
    declareFormula(
      { name: 'warp', margin, weight },
      {
        kind: 'ranking',
        name: `warp(${margin},${weight})`,
        negativeCount: 10,
        compute(scores) {
          assertScores('warpLoss', scores);
          const itemCount =
            scores.itemCount ??
            invalid('warpLoss(itemCount)', 'the number of items in the catalogue', scores.itemCount);
          const excess = tf.add(subtractPositive(scores), margin) as tf.Tensor2D; // [query, negative]
          const first = tf.argMax(tf.step(excess), 1) as tf.Tensor1D; // [query], the first violation, else 0
          const weights = computeWeights(excess.shape[1], itemCount, weigh); // [1, negative]
          return selectPerRow(tf.mul(tf.relu(excess), weights), first);
        },
      },
    ),
  );
}

/** Computes the weight of a violation at each draw. @shape → `[1, negative]` */
function computeWeights(count: number, itemCount: number, weigh: (rank: number) => number): tf.Tensor2D {
  // itemCount − 1, since the positive does not compete with itself; at least 1, in case of more draws than items.
  const estimateRank = (draw: number) => Math.max(1, Math.floor((itemCount - 1) / (draw + 1)));
  return tf.tensor2d(
    Float32Array.from({ length: count }, (_, draw) => weigh(estimateRank(draw))),
    [1, count],
  );
}

/** Sums 1/i for i from 1 to `rank`. */
function sumHarmonic(rank: number): number {
  let sum = 0;
  for (let i = rank; i >= 1; i--) sum += 1 / i;
  return sum;
}
