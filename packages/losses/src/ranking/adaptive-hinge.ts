import * as tf from '@tensorflow/tfjs';
import type { RankingLoss } from '../types.js';
import { declareFormula } from './formula.js';
import type { HingeOptions } from './hinge.js';
import { assertMargin, assertScores, selectPerRow, subtractPositive } from './scores.js';

/**
 * Hinge on the hardest negative: the positive should be ahead of the best of the query's own negatives by a margin.
 *
 * $$ \ell_q = \max(0, \max_{n \in N_q} s_{qn} - s_{qp} + m) $$
 *
 * Differs from Spotlight's factorization, which compares a positive with negatives of other users by mistake.
 * Of several equally hard negatives the first gets the gradient.
 *
 * @example
 * adaptiveHingeLoss().compute({ positive: tf.tensor1d([1]), negatives: tf.tensor2d([[0, 2]]) }) // = [2]
 * @shape positive `[query]`, negatives `[query, negative]` → `[query]`
 * @throws {RecsysError} `invalid-argument` if the two disagree on `query`, or the margin is negative
 * @source Kula, Spotlight, https://github.com/maciejkula/spotlight, after Weston et al., IJCAI 2011
 */
export function adaptiveHingeLoss({ margin = 1 }: HingeOptions = {}): RankingLoss {
  assertMargin('adaptiveHingeLoss', margin);
  return declareFormula(
    { name: 'adaptive-hinge', margin },
    {
      kind: 'ranking',
      name: `adaptive-hinge(${margin})`,
      negativeCount: 5,
      compute(scores) {
        assertScores('adaptiveHingeLoss', scores);
        const leads = subtractPositive(scores); // [query, negative]
        const hardest = selectPerRow(leads, tf.argMax(leads, 1)); // [query]
        return tf.relu(tf.add(hardest, margin)) as tf.Tensor1D;
      },
    },
  );
}
