import { tf } from '@footlight/engine';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import { assertScores } from './scores.js';

/**
 * Binary cross-entropy: a pointwise loss that takes each score as the log-odds of an interaction.
 *
 * $$ \ell_q = -\log \sigma(s_{qp}) - \frac{1}{|N_q|} \sum_{n \in N_q} \log \sigma(-s_{qn}) $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives, and σ the sigmoid.
 *
 * This is the pointwise loss of most papers; `pointwiseLoss` is the one of Spotlight and netrex, without logarithms.
 *
 * Differs from the paper: the negatives of a query are averaged, so that their number does not change their weight
 * relative to the positive.
 *
 * @example
 * logisticLoss().compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0]]) }) // ≈ [1.386], 2 log 2
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if positive and negatives disagree on `query`, or if there is no negative
 * @source He et al., WWW 2017, https://arxiv.org/abs/1708.05031, eq. 7
 */
export function logisticLoss(): RankingLoss {
  return declareFormula(
    { name: 'logistic' },
    {
      kind: 'ranking',
      name: 'logistic',
      compute(scores) {
        assertScores('logisticLoss', scores);
        const positiveTerm = tf.softplus(tf.neg(scores.positive)); // [query], −log σ(s), finite at ±80
        return tf.add(positiveTerm, tf.mean(tf.softplus(scores.negatives), 1));
      },
    },
  );
}
