import { assertInteger, invalid } from '@footlight/core';
import { fillNormal, type SparseRows, solveLeastSquares } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import type { DataSummary, Queries, Scorer, Solver } from '../types.js';
import { countFeedback, type ImplicitFeedback, transposeFeedback } from './implicit-feedback.js';

export interface IalsOptions {
  /** Length of the vectors of users and items. */
  readonly dim: number;
  /** Pull towards the zero vector, λ, from 0. Default 0.01. */
  readonly regularization?: number;
  /** How much more an item counts for each time it was chosen than one that was not, α; above 0. Default 40. */
  readonly confidence?: number;
  /** How often users and items are solved for in turn. Default 15. */
  readonly iterations?: number;
  /** Steps of conjugate gradients for each vector in an iteration. Default 3. */
  readonly steps?: number;
}

/**
 * Alternating least squares for choices: every pair of user and item is a 0 or a 1 to be predicted, and what was chosen weighs more.
 *
 * $$ \min_{x, y} \sum_{u, i} c_{ui} (p_{ui} - x_u \cdot y_i)^2 + \lambda \left( \sum_u |x_u|^2 + \sum_i |y_i|^2 \right), \quad c_{ui} = 1 + \alpha n_{ui}, \quad p_{ui} = [n_{ui} > 0] $$
 *
 * where u chose i n times. The `alpha` of the library implicit is 1 + α here where nothing was chosen twice.
 *
 * Differs from the paper: each vector goes a few steps of conjugate gradients from where it was instead of all the way, after Takács et al., RecSys 2011.
 *
 * @example
 * ials({ dim: 64, iterations: 10 }).solve(train, rng).score(queries) // [batch, item]
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Hu, Koren, Volinsky, ICDM 2008, https://doi.org/10.1109/ICDM.2008.22
 */
export function ials({ dim, regularization = 0.01, confidence = 40, iterations = 15, steps = 3 }: IalsOptions): Solver {
  assertInteger('ials(dim)', dim);
  assertInteger('ials(iterations)', iterations);
  assertInteger('ials(steps)', steps);
  if (!(regularization >= 0 && regularization < Infinity))
    invalid('ials(regularization)', 'a finite number from 0', regularization);
  if (!(confidence > 0 && confidence < Infinity)) invalid('ials(confidence)', 'a positive number', confidence);
  return {
    kind: 'solver',
    name: `ials(${dim})`,
    protocol: { name: 'ials', dim, regularisation: regularization, confidence, iterations, steps },
    reads: 'user',
    solve(train, rng, onProgress) {
      const { userCount, itemCount } = train.catalogue;
      const user = fillNormal(new Float32Array(userCount * dim), rng.fork('user'), 0, 0.01);
      const item = fillNormal(new Float32Array(itemCount * dim), rng.fork('item'), 0, 0.01);
      const choices = countFeedback(train);
      const [chosen, choosers] = [
        toConfidences(choices, confidence),
        toConfidences(transposeFeedback(choices, itemCount), confidence),
      ];
      for (let iteration = 0; iteration < iterations; iteration++) {
        solveLeastSquares({ dim, rows: user, columns: item, ...chosen, regularization, steps });
        solveLeastSquares({ dim, rows: item, columns: user, ...choosers, regularization, steps });
        onProgress?.({ label: 'solve', done: iteration + 1, total: iterations, unit: 'steps' });
      }
      return createScorer(train.catalogue, dim, { user, item });
    },
    restore: (sizes) => createScorer(sizes, dim),
  };
}

function toConfidences(
  { counts, ...entries }: ImplicitFeedback,
  confidence: number,
): { entries: SparseRows; confidences: Float32Array } {
  return { entries, confidences: counts.map((n) => 1 + confidence * n) };
}

function createScorer(
  { userCount, itemCount }: DataSummary,
  dim: number,
  vectors?: Record<'user' | 'item', Float32Array>,
): Scorer {
  const table = (count: number, values: Float32Array = new Float32Array(count * dim)) =>
    tf.tidy(() => tf.variable(tf.tensor2d(values, [count, dim]), false));
  const user = table(userCount, vectors?.user); // [user, dim]
  const item = table(itemCount, vectors?.item); // [item, dim]
  return {
    reads: 'user',
    parameters: { user, item },
    score: ({ users }: Queries) => tf.tidy(() => tf.matMul(tf.gather(user, users), item, false, true) as tf.Tensor2D),
  };
}
