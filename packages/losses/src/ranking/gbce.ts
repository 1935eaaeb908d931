import { assertInteger, assertNumber, invalid } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { RankingLoss } from '../types.js';
import { assertScores } from './scores.js';

/** Options of `gbceLoss`. */
export interface GbceOptions {
  /**
   * Calibration t, from 0 to 1: 0 is binary cross-entropy, whose scores are too high when few negatives are drawn; 1
   * makes σ(score) the probability of an interaction. Default 0.75, as in gSASRec.
   */
  readonly calibration?: number;
}

/**
 * Generalized binary cross-entropy (gBCE): binary cross-entropy whose positive term is weakened by as much as negative
 * sampling strengthens it.
 *
 * $$ \ell_q = -\frac{1}{|N_q| + 1} \Big( \beta \log \sigma(s_{qp}) + \sum_{n \in N_q} \log \sigma(-s_{qn}) \Big) $$
 * $$ \beta = \alpha \, (t \, (1 - 1/\alpha) + 1/\alpha), \quad \alpha = \frac{|N_q|}{|I| - 1} $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives, σ the sigmoid, I the
 * catalogue, α the sampling rate of the negatives and t the calibration. β is 1 for t = 0 and α for t = 1.
 *
 * @example
 * gbceLoss({ calibration: 0 }).compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0]]), itemCount: 5 })
 *   // ≈ [0.693], log 2
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if `calibration` is not from 0 to 1, if positive and negatives disagree on
 *   `query`, if there is no negative, or without `itemCount`
 * @source Petrov and Macdonald, RecSys 2023, https://arxiv.org/abs/2308.07192
 */
export function gbceLoss({ calibration = 0.75 }: GbceOptions = {}): RankingLoss {
  assertNumber('gbceLoss(calibration)', calibration, { from: 0, to: 1 });
  return {
    kind: 'ranking',
    name: `gbce(${calibration})`,
    compute(scores) {
      assertScores('gbceLoss', scores);
      const { positive, negatives, itemCount } = scores;
      if (itemCount === undefined) return invalid('gbceLoss(itemCount)', 'the number of items', 'none');
      assertInteger('gbceLoss(itemCount)', itemCount, { minimum: 2 });
      const count = negatives.shape[1];
      const rate = Math.min(1, count / (itemCount - 1)); // negatives drawn repeatedly count once
      const weight = calibration * (rate - 1) + 1; // β
      const positiveTerm = tf.mul(weight, tf.softplus(tf.neg(positive))); // [query]; finite at ±80
      return tf.div(tf.add(positiveTerm, tf.sum(tf.softplus(negatives), 1)), count + 1);
    },
  };
}
