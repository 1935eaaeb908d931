import { invalid } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import { assertScores } from './scores.js';

/** Options of `pointwiseLoss`. */
export interface PointwiseOptions {
  /**
   * How the positive term and the mean negative term are combined: `sum` as in Spotlight, or `mean`, half of it, as in
   * netrex. The factor changes the effect of SGD and of weight decay, but hardly that of Adam. Default `sum`.
   */
  readonly terms?: 'sum' | 'mean';
}

/**
 * Pointwise sigmoid loss: raises the score of the positive and lowers the scores of the negatives, each by itself.
 *
 * $$ \ell_q = f \left( 1 - \sigma(s_{qp}) + \frac{1}{|N_q|} \sum_{n \in N_q} \sigma(s_{qn}) \right), \quad f = 1 \text{ (sum) or } \tfrac12 \text{ (mean)} $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives, and σ the sigmoid.
 *
 * This is the form of Spotlight and netrex: an expected error count and not a cross-entropy. `logisticLoss` is the
 * cross-entropy of the papers.
 *
 * It is lowest where the scores of all items that are more frequent among positives than among negatives are infinite:
 * how much more frequent does not matter, and saturated scores have no gradient that could order them. On sparse data a
 * sequence model therefore ends below `popularity`, where `logisticLoss`, whose scores end at log-odds, and `bprLoss`
 * with the same options do not (experiments `losses/*` of the benchmarks). Prefer one of these, or stop early.
 *
 * @example
 * pointwiseLoss().compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0]]) }) // = [1]
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, from 0 to 2f
 * @throws {RecsysError} `invalid-argument` if positive and negatives disagree on `query`, if there is no negative, or
 *   if `terms` is neither
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
        const positiveTerm = tf.sigmoid(tf.neg(scores.positive)); // [query], 1 − σ(s) without cancellation
        const negativeTerm = tf.mean(tf.sigmoid(scores.negatives), 1); // [query]
        return tf.mul(factor, tf.add(positiveTerm, negativeTerm)) as tf.Tensor1D;
      },
    },
  );
}
