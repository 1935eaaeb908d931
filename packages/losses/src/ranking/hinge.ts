import { tf } from '@footlight/engine';
import { declareComparison } from '../compares-scores.js';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import { assertMargin, assertScores, subtractPositive } from './scores.js';

/** Options of `hingeLoss` and `adaptiveHingeLoss`. */
export interface HingeOptions {
  /** Difference of scores from which on a negative adds nothing to the loss, from 0. Default 1. */
  readonly margin?: number;
}

/**
 * Hinge loss: penalizes each negative whose score is not below the score of the positive by a margin.
 *
 * $$ \ell_q = \frac{1}{|N_q|} \sum_{n \in N_q} \max(0, s_{qn} - s_{qp} + m) $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives, and m the margin.
 *
 * @example
 * hingeLoss().compute({ positive: tf.tensor1d([1]), negatives: tf.tensor2d([[0, 2]]) }) // = [1]
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`
 * @throws {RecsysError} `invalid-argument` if positive and negatives disagree on `query`, if there is no negative, or
 *   if the margin is negative
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight
 */
export function hingeLoss({ margin = 1 }: HingeOptions = {}): RankingLoss {
  assertMargin('hingeLoss', margin);
  return declareComparison(
    declareFormula(
      { name: 'hinge', margin },
      {
        kind: 'ranking',
        name: `hinge(${margin})`,
        compute(scores) {
          assertScores('hingeLoss', scores);
          return tf.mean(tf.relu(tf.add(subtractPositive(scores), margin)), 1);
        },
      },
    ),
  );
}
