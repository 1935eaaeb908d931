import * as tf from '@tensorflow/tfjs';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import { assertScores, subtractPositive } from './scores.js';

/**
 * The expected share of negatives that beat the positive: a smooth 1 − AUC, which Spotlight and netrex call BPR.
 *
 * $$ \ell_q = \frac{1}{|N_q|} \sum_{n \in N_q} 1 - \sigma(s_{qp} - s_{qn}) = \frac{1}{|N_q|} \sum_{n \in N_q} \sigma(s_{qn} - s_{qp}) $$
 *
 * Differs from `bprLoss`, the form of the paper, by the missing logarithm: bounded, so a negative far ahead has next to no gradient.
 *
 * @example
 * sigmoidBprLoss().compute({ positive: tf.tensor1d([1]), negatives: tf.tensor2d([[0, 2]]) }) // = [0.5]
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`, from 0 to 1
 * @throws {RecsysError} `invalid-argument` if the two disagree on `query`
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight
 */
export function sigmoidBprLoss(): RankingLoss {
  return declareFormula(
    { name: 'sigmoid-bpr' },
    {
      kind: 'ranking',
      name: 'sigmoid-bpr',
      compute(scores) {
        assertScores('sigmoidBprLoss', scores);
        return tf.mean(tf.sigmoid(subtractPositive(scores)), 1);
      },
    },
  );
}
