import { assertChoice } from '@footlight/core';
import { tf } from '@footlight/engine';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import { assertScores } from './scores.js';

/** Options of `logisticLoss`. */
export interface LogisticOptions {
  /**
   * Whether the terms of the negatives are averaged, so that their number does not change their weight relative to the
   * positive, or summed, as in the paper. Default `'mean'`.
   */
  readonly negatives?: 'mean' | 'sum';
}

/**
 * Binary cross-entropy: a pointwise loss that takes each score as the log-odds of an interaction.
 *
 * $$ \ell_q = -\log \sigma(s_{qp}) - \frac{1}{|N_q|} \sum_{n \in N_q} \log \sigma(-s_{qn}) $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives, and σ the sigmoid.
 *
 * This is the pointwise loss of most papers; `pointwiseLoss` is the one of Spotlight and netrex, without logarithms.
 *
 * With `negatives: 'sum'`, the division by |N_q| is left out.
 *
 * @example
 * logisticLoss().compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0]]) }) // ≈ [1.386], 2 log 2
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if positive and negatives disagree on `query`, if there is no negative, or
 *   for another option
 * @source He et al., WWW 2017, https://arxiv.org/abs/1708.05031, eq. 7
 */
export function logisticLoss({ negatives = 'mean' }: LogisticOptions = {}): RankingLoss {
  assertChoice('logisticLoss(negatives)', negatives, ['mean', 'sum']);
  const averages = negatives === 'mean';
  const loss: RankingLoss = {
    kind: 'ranking',
    name: averages ? 'logistic' : 'logistic(sum)',
    compute(scores) {
      assertScores('logisticLoss', scores);
      const positiveTerm = tf.softplus(tf.neg(scores.positive)); // [query], −log σ(s), finite at ±80
      const terms = tf.softplus(scores.negatives); // [query, negative]
      return tf.add(positiveTerm, averages ? tf.mean(terms, 1) : tf.sum(terms, 1));
    },
  };
  return averages ? declareFormula({ name: 'logistic' }, loss) : loss;
}
