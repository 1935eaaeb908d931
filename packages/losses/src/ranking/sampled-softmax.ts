import { tf } from '@footlight/engine';
import { declareComparison } from '../compares-scores.js';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import { assertScores, subtractPositive } from './scores.js';

/**
 * Sampled softmax cross-entropy: raises the score of the positive relative to the scores of its sampled negatives.
 *
 * $$ \ell_q = \log \left( 1 + \sum_{n \in N_q} e^{s_{qn} - s_{qp}} \right) $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, and N_q the negatives.
 *
 * Differs from the paper: scores are not corrected for the sampling probability, so the loss estimates the full softmax
 * only if negatives are drawn uniformly.
 *
 * @example
 * sampledSoftmaxLoss().compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0, 0]]) }) // ≈ [1.099], log 3
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if positive and negatives disagree on `query`, or if there is no negative
 * @source Jean et al., ACL 2015, https://arxiv.org/abs/1412.2007
 */
export function sampledSoftmaxLoss(): RankingLoss {
  return declareComparison(
    declareFormula(
      { name: 'sampled-softmax' },
      {
        kind: 'ranking',
        name: 'sampled-softmax',
        compute(scores) {
          assertScores('sampledSoftmaxLoss', scores);
          const differences = tf.pad2d(subtractPositive(scores), [
            [0, 0],
            [1, 0],
          ]); // [query, 1 + negative]; column 0 is the positive minus itself
          return tf.logSumExp(differences, 1) as tf.Tensor1D;
        },
      },
    ),
  );
}
