import { assertInteger, assertNumber, invalid, omitUndefined, type Rng } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import {
  computeLeastSquaresGram,
  createVariable,
  fillNormal,
  type LeastSquares,
  solveLeastSquares,
  tf,
} from '@footlight/engine';
import { foldInChoices } from '../fold-in/fold-in-choices.js';
import type { DataSummary, Queries, Scorer, Solver, SolverStep } from '../types.js';
import { type Objective, scaleRegularization, scaleWeights, toWeightedRows } from './ials-objective.js';
import { countFeedback, transposeFeedback } from './implicit-feedback.js';
import { solveRanges } from './solve-ranges.js';
import { solveSteps } from './solve-steps.js';

export interface IalsOptions {
  /** Length of the vectors of users and items. */
  readonly dim: number;
  /** L2 penalty λ on the vectors, from 0. Default 0.01. */
  readonly regularization?: number;
  /** How much each choice of an item adds to its weight, α, above 0. Not with `unobservedWeight`. Default 40. */
  readonly confidence?: number;
  /**
   * Weight α₀ of the zeros, above 0, in the objective of iALS revisited: all items of the catalogue are zeros of this
   * weight, and each choice is a one of weight 1. Default: the objective with `confidence`.
   */
  readonly unobservedWeight?: number;
  /**
   * Exponent ν of the frequency that λ is scaled by, from 0: the penalty of a user with n chosen items out of N is λ (n
   * + α₀ N)^ν, that of an item the same with users. α₀ is 1 with `confidence`. Default 0.
   */
  readonly frequencyExponent?: number;
  /** Iterations; each solves for the users, then for the items. Default 15. */
  readonly iterations?: number;
  /** Conjugate gradient steps per vector and iteration. Default 3. */
  readonly steps?: number;
}

/**
 * Implicit alternating least squares (iALS): factorizes the matrix of zeros and ones of all users and items, in which
 * chosen items have a larger weight.
 *
 * $$ \min_{x, y} \sum_{u, i} c_{ui} (p_{ui} - x_u \cdot y_i)^2 + \lambda \left( \sum_u |x_u|^2 + \sum_i |y_i|^2 \right) $$
 * $$ c_{ui} = 1 + \alpha n_{ui}, \quad p_{ui} = [n_{ui} > 0] $$
 *
 * where user u chose item i $n_{ui}$ times (with weights of interactions: their sum) and has the vector $x_u$, item i
 * the vector $y_i$. With `unobservedWeight` and `frequencyExponent` it is the objective of Rendle et al., RecSys 2022:
 *
 * $$ \min_{x, y} \sum_{u, i} \left( n_{ui} (1 - x_u \cdot y_i)^2 + \alpha_0 (x_u \cdot y_i)^2 \right) + \lambda R $$
 * $$ R = \sum_u f_u^\nu |x_u|^2 + \sum_i f_i^\nu |y_i|^2, \quad f = n + \alpha_0 N $$
 *
 * where n is the number of the chosen items of a user out of N, or of the users of an item. The `alpha` of the library
 * implicit is 1 + α here if no item was chosen twice. A user who is not in the training data is folded in: the
 * objective is solved exactly for $x_u$, with constant $y_i$.
 *
 * Differs from the paper: each vector is improved by a few steps of conjugate gradients from its previous value instead
 * of solved exactly, after Takács et al., RecSys 2011.
 *
 * @example
 * ials({ dim: 64, iterations: 10 }).solve(train, rng).score(queries) // [batch, item]
 * @throws {RecsysError} `invalid-argument` for options out of range
 * @source Hu, Koren, Volinsky, ICDM 2008, https://doi.org/10.1109/ICDM.2008.22; Rendle, Krichene, Zhang, Koren, RecSys
 *   2022, https://arxiv.org/abs/2110.14037
 */
export function ials({ dim, regularization = 0.01, iterations = 15, steps = 3, ...weights }: IalsOptions): Solver {
  const { confidence = 40, unobservedWeight, frequencyExponent = 0 } = weights;
  assertInteger('ials(dim)', dim);
  assertInteger('ials(iterations)', iterations);
  assertInteger('ials(steps)', steps);
  assertNumber('ials(regularization)', regularization, { from: 0 });
  assertNumber('ials(confidence)', confidence, { above: 0 });
  assertNumber('ials(frequencyExponent)', frequencyExponent, { from: 0 });
  if (unobservedWeight !== undefined) {
    assertNumber('ials(unobservedWeight)', unobservedWeight, { above: 0 });
    if (weights.confidence !== undefined)
      invalid('ials(confidence)', 'none with unobservedWeight, where each choice has weight 1', weights.confidence);
  }
  const objective: Objective = { regularization, confidence, unobservedWeight, frequencyExponent };
  return {
    kind: 'solver',
    name: `ials(${dim})`,
    protocol: {
      ...{ name: 'ials', dim, regularisation: regularization },
      ...(unobservedWeight === undefined ? { confidence } : { unobservedWeight }),
      ...{ iterations, steps, ...omitUndefined({ frequencyExponent: frequencyExponent || undefined }) },
    },
    reads: 'user',
    solve: (train, rng, onProgress) => solveSteps(solveInSteps(train, rng), onProgress),
    solveInSteps,
    restore: (data) => createScorer(data, dim, objective),
  };

  function* solveInSteps(train: Interactions, rng: Rng): Generator<SolverStep, Scorer> {
    const { userCount, itemCount } = train.catalogue;
    const user = fillNormal(new Float32Array(userCount * dim), rng.fork('user'), 0, 0.01);
    const item = fillNormal(new Float32Array(itemCount * dim), rng.fork('item'), 0, 0.01);
    const feedback = countFeedback(train, train.weights);
    const [byUser, byItem] = [
      toWeightedRows(feedback, itemCount, objective),
      toWeightedRows(transposeFeedback(feedback, itemCount), userCount, objective),
    ];
    const common = { dim, steps };
    const total = iterations * (userCount + itemCount);
    for (let done = 0; done < total; done += userCount + itemCount) {
      yield* solveSide({ ...common, rows: user, columns: item, ...byUser }, { done, total });
      yield* solveSide({ ...common, rows: item, columns: user, ...byItem }, { done: done + userCount, total });
    }
    return createScorer(train.catalogue, dim, objective, { user, item });
  }
}

/** Solves the least squares problems of all rows in ranges, which all share the Gram matrix. */
function* solveSide(
  problem: LeastSquares,
  { done, total }: Record<'done' | 'total', number>,
): Generator<SolverStep, void> {
  const { dim, rows, entries, confidences, regularizations } = problem;
  const { offsets, ids } = entries;
  const gram = computeLeastSquaresGram(problem);
  const steps = solveRanges({
    count: offsets.length - 1,
    solve(begin, end) {
      const [from, to] = [offsets[begin]!, offsets[end]!];
      solveLeastSquares({
        ...problem,
        gram,
        rows: rows.subarray(begin * dim, end * dim),
        entries: { offsets: offsets.subarray(begin, end + 1).map((at) => at - from), ids: ids.subarray(from, to) },
        confidences: confidences.subarray(from, to),
        ...(regularizations && { regularizations: regularizations.subarray(begin, end) }),
      });
    },
  });
  for (const step of steps) yield step && { ...step, done: done + step.done, total };
}

function createScorer(
  { userCount, itemCount }: DataSummary,
  dim: number,
  objective: Objective,
  vectors?: Record<'user' | 'item', Float32Array>,
): Scorer {
  const createTable = (count: number, values?: Float32Array) =>
    values
      ? tf.tidy(() => tf.variable(tf.tensor2d(values, [count, dim]), false))
      : createVariable<tf.Rank.R2>([count, dim], (zeros) => zeros);
  const user = createTable(userCount, vectors?.user); // [user, dim]
  const item = createTable(itemCount, vectors?.item); // [item, dim]
  return {
    reads: 'user',
    parameters: { user, item },
    itemVectors: () => tf.clone(item) as tf.Tensor2D,
    factors: () => ({ user: tf.clone(user) as tf.Tensor2D, item: tf.clone(item) as tf.Tensor2D }),
    histories: {
      score: (history) =>
        tf.tidy(() => {
          const gram = tf.matMul(item, item, true, false); // [dim, dim]
          const x = foldInChoices(
            { dim, vectors: item.dataSync() as Float32Array, gram: gram.dataSync() as Float32Array },
            history,
            {
              ...scaleWeights(objective),
              ridge: scaleRegularization(objective, new Set(history).size, itemCount) || 1e-9, // without: any solution
            },
          );
          return tf.matMul(tf.tensor2d([...x], [1, dim]), item as tf.Tensor2D, false, true);
        }),
    },
    score: ({ users }: Queries) => tf.tidy(() => tf.matMul(tf.gather(user, users), item, false, true) as tf.Tensor2D),
  };
}
