import { assertNumber, invalid, RecsysError } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { createVariable, embeddingBag, tf } from '@footlight/engine';
import type { DataSummary, Queries, Scorer, Solver, SolverStep } from '../types.js';
import { countFeedback, type ImplicitFeedback } from './implicit-feedback.js';
import { invertInSteps } from './invert-negated.js';
import { solveRanges } from './solve-ranges.js';
import { solveSteps } from './solve-steps.js';

export interface EaseOptions {
  /** L2 penalty λ on the weights, above 0; some hundreds for a catalogue of thousands. */
  readonly regularization: number;
}

/**
 * EASE, a linear autoencoder of baskets in closed form: predicts each item of a basket from the other items.
 *
 * $$ B = I - P \, \mathrm{diag}(1 / P_{jj}), \quad P = (X^\top X + \lambda I)^{-1}, \quad s_u = x_u B $$
 *
 * where X is the matrix of zeros and ones of users and items, and $x_u$ the basket of user u. Reads baskets, so it
 * scores unknown users. The similarities of an item are the weights from it, a row of B. Needs memory for one matrix
 * `[item, item]` of 4 bytes per entry: 1.6 GB for 20,000 items, 6.7 GB for 40,981.
 *
 * @example
 * ease({ regularization: 500 }).solve(train, rng).score(queries) // [batch, item]
 * @throws {RecsysError} `invalid-argument` if `regularization` is not above 0; `out-of-memory`, from `solve`, before it
 *   begins, if the matrix cannot be allocated
 * @source Steck, WWW 2019, https://arxiv.org/abs/1905.03375
 */
export function ease({ regularization }: EaseOptions): Solver {
  assertNumber('ease(regularization)', regularization, { above: 0 });
  return {
    kind: 'solver',
    name: `ease(${regularization})`,
    protocol: { name: 'ease', regularisation: regularization },
    reads: 'basket',
    solve: (train, _rng, onProgress) => solveSteps(solveInSteps(train), onProgress),
    solveInSteps,
    restore: (data) =>
      createScorer(
        data,
        createVariable<tf.Rank.R2>([data.itemCount, data.itemCount], (zeros) => zeros),
      ),
  };

  function* solveInSteps(train: Interactions): Generator<SolverStep, Scorer> {
    const { itemCount } = train.catalogue;
    const values = yield* computeWeights(countFeedback(train), itemCount, regularization);
    const weight = tf.tidy(() => tf.variable(tf.tensor2d(values, [itemCount, itemCount]), false));
    return createScorer(train.catalogue, weight);
  }
}

/** @returns B, `[item, item]` */
function* computeWeights(
  feedback: ImplicitFeedback,
  itemCount: number,
  regularization: number,
): Generator<SolverStep, Float32Array> {
  const matrix = yield* computeGram(feedback, itemCount);
  for (let item = 0; item < itemCount; item++) matrix[item * itemCount + item]! += regularization;
  yield* invertInSteps(matrix, itemCount); // −P
  const diagonal = Float64Array.from({ length: itemCount }, (_, item) => -matrix[item * itemCount + item]!);
  for (let i = 0; i < itemCount; i++) {
    matrix[i * itemCount + i] = 0;
    if (i % Math.ceil(entriesPerStep / itemCount) === 0) yield undefined;
    for (let j = i + 1; j < itemCount; j++) {
      const value = matrix[i * itemCount + j]!;
      matrix[i * itemCount + j] = value / diagonal[j]!;
      matrix[j * itemCount + i] = value / diagonal[i]!;
    }
  }
  return matrix;
}

/** Allocates `[item, item]` zeros, or says how much memory they need. */
function allocateMatrix(itemCount: number): Float32Array {
  try {
    return new Float32Array(itemCount * itemCount);
  } catch (error) {
    throw new RecsysError(
      'out-of-memory',
      `ease: expected memory for a matrix of ${itemCount} × ${itemCount} weights, ` +
        `${((4 * itemCount ** 2) / 1e9).toFixed(1)} GB, received less. Leave out rare items (kCore), or take a model ` +
        'whose memory does not grow with the square: slim, itemKnn, rp3beta, ials.',
      { cause: error },
    );
  }
}

/** Entries of the matrix that are computed in one step: a fraction of a second, where memory is slow too. */
const entriesPerStep = 1e6;

/** Counts the users who have both items: the upper triangle of XᵀX, exact up to 2^24. */
function* computeGram({ offsets, ids }: ImplicitFeedback, itemCount: number): Generator<SolverStep, Float32Array> {
  const gram = allocateMatrix(itemCount);
  const userCount = offsets.length - 1;
  yield* solveRanges({
    label: 'count pairs',
    unit: 'users',
    count: userCount,
    solve(begin, end) {
      for (let user = begin; user < end; user++) {
        const own = ids.slice(offsets[user], offsets[user + 1]).sort();
        for (let at = 0; at < own.length; at++) {
          const row = own[at]! * itemCount;
          for (let other = at; other < own.length; other++) gram[row + own[other]!]!++;
        }
      }
    },
  });
  return gram;
}

/** @shape weight `[item, item]` */
function createScorer({ itemCount }: DataSummary, weight: tf.Variable<tf.Rank.R2>): Scorer {
  return {
    reads: 'basket',
    parameters: { weight },
    similarities: (item) => tf.tidy(() => tf.slice(weight, [item, 0], [1, itemCount])),
    score: ({ baskets }: Queries) =>
      embeddingBag(weight, baskets ?? invalid('ease.score(queries)', 'queries with baskets', 'none')),
  };
}
