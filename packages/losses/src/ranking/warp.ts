import { invalid } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import type { HingeOptions } from './hinge.js';
import { assertMargin, assertScores, selectPerRow, subtractPositive } from './scores.js';

export interface WarpOptions extends HingeOptions {
  /**
   * How an estimated rank becomes a weight: `harmonic`, the sum of 1/i for i up to the rank, as in the paper, or `logarithm`, log(rank), as in LightFM,
   * which leaves alone a positive estimated at rank 1. Default `harmonic`.
   */
  readonly weight?: 'harmonic' | 'logarithm';
}

/**
 * Weighted approximate-rank pairwise: the fewer draws until a negative violates the margin, the worse the positive's rank must be, and the harder the push.
 *
 * $$ \ell_q = L\left( \left\lfloor \frac{I - 1}{t_q} \right\rfloor \right) \max(0, s_{qn_q} - s_{qp} + m), \quad L(r) = \sum_{i=1}^{r} \frac1i $$
 *
 * where the query's negatives are draws in order, n_q is the first that violates the margin, t_q its place from 1, and I the items in the catalogue.
 * Only that negative and the positive get a gradient; a query without violation costs 0.
 *
 * Differs from the paper: it stops after the negatives given (10 by default, as LightFM), and a draw may be an item of the user unless the sampler rejects it.
 *
 * @example
 * warpLoss().compute({ positive: tf.tensor1d([2]), negatives: tf.tensor2d([[0, 1.5]]), itemCount: 8 }) // ≈ [0.917], L(3) · 0.5
 * @shape positive `[query]`, negatives `[query, negative]` in the order of drawing → `[query]`
 * @throws {RecsysError} `invalid-argument` if the two disagree on `query`, or `itemCount` is missing
 * @source Weston, Bengio, Usunier, IJCAI 2011, https://www.ijcai.org/Proceedings/11/Papers/460.pdf
 */
export function warpLoss({ margin = 1, weight = 'harmonic' }: WarpOptions = {}): RankingLoss {
  assertMargin('warpLoss', margin);
  if (weight !== 'harmonic' && weight !== 'logarithm') invalid('warpLoss(weight)', "'harmonic' or 'logarithm'", weight);
  const weigh = weight === 'harmonic' ? harmonic : Math.log;
  return declareFormula(
    { name: 'warp', margin, weight },
    {
      kind: 'ranking',
      name: `warp(${margin},${weight})`,
      negativeCount: 10,
      compute(scores) {
        assertScores('warpLoss', scores);
        const itemCount =
          scores.itemCount ?? invalid('warpLoss(itemCount)', 'the number of items in the catalogue', scores.itemCount);
        const excess = tf.add(subtractPositive(scores), margin) as tf.Tensor2D; // [query, negative]
        const first = tf.argMax(tf.step(excess), 1) as tf.Tensor1D; // of equals the first; 0 where none violates
        const weights = weightsByDraw(excess.shape[1], itemCount, weigh); // [1, negative]
        return selectPerRow(tf.mul(tf.relu(excess), weights), first);
      },
    },
  );
}

/** The weight of a violation found at each draw. */
function weightsByDraw(count: number, itemCount: number, weigh: (rank: number) => number): tf.Tensor2D {
  // The positive itself is no competitor; where draws outnumber items, the rank is at least 1.
  const rankAt = (draw: number) => Math.max(1, Math.floor((itemCount - 1) / (draw + 1)));
  return tf.tensor2d(
    Float32Array.from({ length: count }, (_, draw) => weigh(rankAt(draw))),
    [1, count],
  );
}

function harmonic(rank: number): number {
  let sum = 0;
  for (let i = rank; i >= 1; i--) sum += 1 / i;
  return sum;
}
