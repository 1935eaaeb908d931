import { tf } from '@footlight/engine';
import { declareComparison } from '../compares-scores.js';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import type { HingeOptions } from './hinge.js';
import { assertMargin, assertScores, selectPerRow, subtractPositive } from './scores.js';

/**
 * Adaptive hinge loss: a hinge loss on the negative with the highest score of each query.
 *
 * $$ \ell_q = \max(0, \max_{n \in N_q} s_{qn} - s_{qp} + m) $$
 *
 * s_qp is the score of the positive of query q, s_qn the score of negative n, N_q the negatives, and m the margin.
 *
 * If several negatives have the highest score, the first of them gets the gradient. By default there are 5 negatives.
 *
 * Differs from Spotlight's factorization, which by mistake compares a positive with negatives of other users.
 *
 * @example
 * adaptiveHingeLoss().compute({ positive: tf.tensor1d([1]), negatives: tf.tensor2d([[0, 2]]) }) // = [2]
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`
 * @throws {RecsysError} `invalid-argument` if positive and negatives disagree on `query`, if there is no negative, or
 *   if the margin is negative
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight, after Weston et al., IJCAI 2011
 */
export function adaptiveHingeLoss({ margin = 1 }: HingeOptions = {}): RankingLoss {
  assertMargin('adaptiveHingeLoss', margin);
  return declareComparison(
    declareFormula(
      { name: 'adaptive-hinge', margin },
      {
        kind: 'ranking',
        name: `adaptive-hinge(${margin})`,
        negativeCount: 5,
        compute(scores) {
          assertScores('adaptiveHingeLoss', scores);
          const differences = subtractPositive(scores); // [query, negative]
          const hardest = selectPerRow(differences, tf.argMax(differences, 1)); // [query]
          return tf.relu(tf.add(hardest, margin)) as tf.Tensor1D;
        },
      },
    ),
  );
}
