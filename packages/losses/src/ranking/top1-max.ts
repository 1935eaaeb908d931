import { tf } from '@footlight/engine';
import type { RankingLoss } from '../types.js';
import { averageBySoftmax } from './bpr-max.js';
import { assertScores, subtractPositive } from './scores.js';

/**
 * TOP1-max: pushes negatives below the positive and towards zero, each by the softmax of its score.
 *
 * $$ \ell_q = \sum_{n \in N_q} p_{qn} \left( \sigma(s_{qn} - s_{qp}) + \sigma(s_{qn}^2) \right), \quad p_{qn} = \frac{e^{s_{qn}}}{\sum_{m \in N_q} e^{s_{qm}}} $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives and σ the sigmoid. The
 * second term is the regularization.
 *
 * @example
 * top1MaxLoss().compute({ positive: tf.tensor1d([0]), negatives: tf.tensor2d([[0, 0]]) }) // [1]
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`
 * @throws {RecsysError} `invalid-argument` if positive and negatives disagree on `query`, or if there is no negative
 * @source Hidasi and Karatzoglou, CIKM 2018, https://arxiv.org/abs/1706.03847, eq. 8
 */
export function top1MaxLoss(): RankingLoss {
  return {
    kind: 'ranking',
    name: 'top1-max',
    compute(scores) {
      assertScores('top1MaxLoss', scores);
      const ranked = tf.sigmoid(subtractPositive(scores)); // [query, negative]
      return averageBySoftmax(scores, tf.add(ranked, tf.sigmoid(tf.square(scores.negatives))));
    },
  };
}
