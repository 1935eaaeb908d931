import { assertNumber } from '@footlight/core';
import { tf } from '@footlight/engine';
import { declareComparison } from '../compares-scores.js';
import type { RankingLoss, RankingScores } from '../types.js';
import { assertScores, subtractPositive } from './scores.js';

/** Options of `bprMaxLoss`. */
export interface BprMaxOptions {
  /** λ, the weight of the squared scores of negatives, from 0. Default 1. */
  readonly regularization?: number;
}

/**
 * BPR-max: BPR whose negatives count by the softmax of their scores, with a penalty on high scores of negatives.
 *
 * $$ \ell_q = -\log \sum_{n \in N_q} p_{qn} \, \sigma(s_{qp} - s_{qn}) + \lambda \sum_{n \in N_q} p_{qn} \, s_{qn}^2, \quad p_{qn} = \frac{e^{s_{qn}}}{\sum_{m \in N_q} e^{s_{qm}}} $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives and σ the sigmoid. The
 * gradient does not vanish with many negatives, as that of BPR does once most of them score low.
 *
 * @example
 * bprMaxLoss({ regularization: 0 }).compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0, 0]]) })
 *   // ≈ [0.693], log 2
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if `regularization` is below 0, if positive and negatives disagree on
 *   `query`, or if there is no negative
 * @source Hidasi and Karatzoglou, CIKM 2018, https://arxiv.org/abs/1706.03847, eq. 10
 */
export function bprMaxLoss({ regularization = 1 }: BprMaxOptions = {}): RankingLoss {
  assertNumber('bprMaxLoss(regularization)', regularization, { from: 0 });
  const loss: RankingLoss = {
    kind: 'ranking',
    name: `bpr-max(${regularization})`,
    compute(scores) {
      assertScores('bprMaxLoss', scores);
      const weights = tf.logSoftmax(scores.negatives); // [query, negative], log p
      // log σ(−x) = −softplus(x); the sum of small numbers as a sum of their logarithms: finite at ±80
      const terms = tf.sub<tf.Tensor2D>(weights, tf.softplus(subtractPositive(scores)));
      const ranked = tf.neg(tf.logSumExp(terms, 1)) as tf.Tensor1D;
      if (regularization === 0) return ranked;
      const penalty = averageBySoftmax(scores, tf.square(scores.negatives)); // [query]
      return tf.add(ranked, tf.mul<tf.Tensor1D>(regularization, penalty));
    },
  };
  return regularization === 0 ? declareComparison(loss) : loss;
}

/** Averages values of the negatives by the softmax of their scores. @shape `[query, negative]` → `[query]` */
export function averageBySoftmax({ negatives }: RankingScores, values: tf.Tensor2D): tf.Tensor1D {
  return tf.sum(tf.mul(tf.softmax(negatives), values), 1);
}
