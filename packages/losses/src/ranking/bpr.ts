import { tf } from '@footlight/engine';
import { declareComparison } from '../compares-scores.js';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import { assertScores, subtractPositive } from './scores.js';

/**
 * Bayesian personalized ranking (BPR): a pairwise logistic loss that ranks the positive above each negative.
 *
 * $$ \ell_q = \frac{1}{|N_q|} \sum_{n \in N_q} -\log \sigma(s_{qp} - s_{qn}) = \frac{1}{|N_q|} \sum_{n \in N_q} \log(1 + e^{s_{qn} - s_{qp}}) $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives, and σ the sigmoid.
 *
 * The gradient of a negative grows with its score up to a constant. `sigmoidBprLoss`, which Spotlight and netrex call
 * BPR, has almost no gradient for negatives that score far above the positive.
 *
 * Differs from the paper: there is no prior (regularization), and several negatives are averaged.
 *
 * @example
 * bprLoss().compute({ positive: tf.tensor1d([1]), negatives: tf.tensor2d([[0, 2]]) }) // ≈ [0.813]
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if positive and negatives disagree on `query`, or if there is no negative
 * @source Rendle et al., UAI 2009, https://arxiv.org/abs/1205.2618
 */
export function bprLoss(): RankingLoss {
  return declareComparison(
    declareFormula(
      { name: 'bpr' },
      {
        kind: 'ranking',
        name: 'bpr',
        compute(scores) {
          assertScores('bprLoss', scores);
          return tf.mean(tf.softplus(subtractPositive(scores)), 1); // softplus, not log(sigmoid): finite at ±80
        },
      },
    ),
  );
}
