import { invalid } from '@footlight/core';
import * as tf from '@tensorflow/tfjs';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import { assertScores } from './scores.js';

export interface PointwiseOptions {
  /**
   * How the term of the positive and the mean term of the negatives are put together: `sum` as in Spotlight, or `mean`, half of it, as in netrex.
   * The factor matters to SGD and to weight decay, hardly to Adam. Default `sum`.
   */
  readonly terms?: 'sum' | 'mean';
}

/**
 * Each score by itself: the positive's should be high, the negatives' low.
 *
 * $$ \ell_q = f \left( 1 - \sigma(s_{qp}) + \frac{1}{|N_q|} \sum_{n \in N_q} \sigma(s_{qn}) \right), \quad f = 1 \text{ (sum) or } \tfrac12 \text{ (mean)} $$
 *
 * The form of Spotlight and netrex: an expected number of mistakes, not a cross-entropy. `logisticLoss` is the cross-entropy of the papers.
 *
 * @example
 * pointwiseLoss().compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0]]) }) // = [1]
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, from 0 to 2f
 * @throws {RecsysError} `invalid-argument` if the two disagree on `query`
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight, and netrex, https://github.com/maciejkula/netrex
 */
export function pointwiseLoss({ terms = 'sum' }: PointwiseOptions = {}): RankingLoss {
  if (terms !== 'sum' && terms !== 'mean') invalid('pointwiseLoss(terms)', "'sum' or 'mean'", terms);
  const factor = terms === 'mean' ? 0.5 : 1;
  return declareFormula(
    { name: 'pointwise', terms },
    {
      kind: 'ranking',
      name: `pointwise(${terms})`,
      compute(scores) {
        assertScores('pointwiseLoss', scores);
        const missed = tf.sigmoid(tf.neg(scores.positive)); // 1 − σ(p) without cancellation, [query]
        const alarms = tf.mean(tf.sigmoid(scores.negatives), 1); // [query]
        return tf.mul(factor, tf.add(missed, alarms)) as tf.Tensor1D;
      },
    },
  );
}
