import * as tf from '@tensorflow/tfjs';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import { assertScores } from './scores.js';

/**
 * Binary cross-entropy: each score is the log-odds of being chosen.
 *
 * $$ \ell_q = -\log \sigma(s_{qp}) - \frac{1}{|N_q|} \sum_{n \in N_q} \log \sigma(-s_{qn}) $$
 *
 * The pointwise loss of the papers; `pointwiseLoss` is the one of Spotlight and netrex, without logarithms.
 *
 * Differs from the paper: the negatives of a query are averaged, so that their number does not weigh them against the positive.
 *
 * @example
 * logisticLoss().compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0]]) }) // ≈ [1.386], 2 log 2
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if the two disagree on `query`
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
        const missed = tf.softplus(tf.neg(scores.positive)); // −log σ(p), finite at ±80, [query]
        return tf.add(missed, tf.mean(tf.softplus(scores.negatives), 1));
      },
    },
  );
}
