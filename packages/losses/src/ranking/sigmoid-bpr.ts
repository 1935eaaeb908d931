import { tf } from '@footlight/engine';
import { declareComparison } from '../compares-scores.js';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import { assertScores, subtractPositive } from './scores.js';

/**
 * Sigmoid BPR: a smooth approximation of 1 − AUC over the negatives of a query, called BPR in Spotlight and netrex.
 *
 * $$ \ell_q = \frac{1}{|N_q|} \sum_{n \in N_q} 1 - \sigma(s_{qp} - s_{qn}) = \frac{1}{|N_q|} \sum_{n \in N_q} \sigma(s_{qn} - s_{qp}) $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives, and σ the sigmoid.
 *
 * Differs from `bprLoss`, the form of the BPR paper: there is no logarithm. The loss is bounded, so a negative that
 * scores far above the positive has almost no gradient.
 *
 * @example
 * sigmoidBprLoss().compute({ positive: tf.tensor1d([1]), negatives: tf.tensor2d([[0, 2]]) }) // = [0.5]
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, from 0 to 1
 * @throws {RecsysError} `invalid-argument` if positive and negatives disagree on `query`, or if there is no negative
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight
 */
export function sigmoidBprLoss(): RankingLoss {
  return declareComparison(
    declareFormula(
      { name: 'sigmoid-bpr' },
      {
        kind: 'ranking',
        name: 'sigmoid-bpr',
        compute(scores) {
          assertScores('sigmoidBprLoss', scores);
          return tf.mean(tf.sigmoid(subtractPositive(scores)), 1);
        },
      },
    ),
  );
}
