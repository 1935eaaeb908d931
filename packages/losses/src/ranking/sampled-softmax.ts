import * as tf from '@tensorflow/tfjs';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import { assertScores, subtractPositive } from './scores.js';

/**
 * Cross-entropy over the positive and its negatives: the positive should be chosen among them.
 *
 * $$ \ell_q = \log \left( 1 + \sum_{n \in N_q} e^{s_{qn} - s_{qp}} \right) $$
 *
 * Differs from the paper: no correction for the probability of being sampled, so it estimates the full softmax under uniform negatives only.
 *
 * @example
 * sampledSoftmaxLoss().compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0, 0]]) }) // ≈ [1.099], log 3
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, nats
 * @throws {RecsysError} `invalid-argument` if the two disagree on `query`
 * @source Jean et al., ACL 2015, https://arxiv.org/abs/1412.2007
 */
export function sampledSoftmaxLoss(): RankingLoss {
  return declareFormula(
    { name: 'sampled-softmax' },
    {
      kind: 'ranking',
      name: 'sampled-softmax',
      compute(scores) {
        assertScores('sampledSoftmaxLoss', scores);
        const leads = tf.pad2d(subtractPositive(scores), [
          [0, 0],
          [1, 0],
        ]); // the positive leads itself by 0, [query, 1 + negative]
        return tf.logSumExp(leads, 1) as tf.Tensor1D;
      },
    },
  );
}
