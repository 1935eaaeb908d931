import { invalid, type OnProgress } from '@footlight/core';
import { embeddingBag } from '@footlight/engine';
import * as tf from '@tensorflow/tfjs';
import type { DataSummary, Queries, Scorer, Solver } from '../types.js';
import { countFeedback, type ImplicitFeedback } from './implicit-feedback.js';
import { invertNegated } from './invert.js';

export interface EaseOptions {
  /** Pull of the weights towards 0, λ, above 0; hundreds for a catalogue of thousands. */
  readonly regularization: number;
}

/**
 * A linear autoencoder of baskets without hidden units, in closed form: an item is worth what the others in the basket say of it, none of itself.
 *
 * $$ B = I - P \, \mathrm{diag}(1 / P_{jj}), \quad P = (X^\top X + \lambda I)^{-1}, \quad s_u = x_u B $$
 *
 * Reads baskets, so it answers people who were not there when it was made. Needs memory for one matrix [item, item] of 4 bytes each: 1.6 GB for 20,000 items.
 *
 * @example
 * ease({ regularization: 500 }).solve(train, rng).score(queries) // [batch, item]
 * @throws {RecsysError} `invalid-argument` if `regularization` is not above 0
 * @source Steck, WWW 2019, https://arxiv.org/abs/1905.03375
 */
export function ease({ regularization }: EaseOptions): Solver {
  if (!(regularization > 0 && regularization < Infinity))
    invalid('ease(regularization)', 'a positive number', regularization);
  return {
    kind: 'solver',
    name: `ease(${regularization})`,
    protocol: { name: 'ease', regularisation: regularization },
    reads: 'basket',
    solve: (train, _rng, onProgress) =>
      createScorer(
        train.catalogue,
        computeWeights(countFeedback(train), train.catalogue.itemCount, regularization, onProgress),
      ),
    restore: (sizes) => createScorer(sizes, new Float32Array(sizes.itemCount ** 2)),
  };
}

/** @returns B [item, item] */
function computeWeights(
  choices: ImplicitFeedback,
  itemCount: number,
  regularization: number,
  onProgress?: OnProgress,
): Float32Array {
  const matrix = computeGram(choices, itemCount);
  for (let item = 0; item < itemCount; item++) matrix[item * itemCount + item]! += regularization;
  invertNegated(matrix, itemCount, undefined, onProgress); // −P
  const diagonal = Float64Array.from({ length: itemCount }, (_, item) => -matrix[item * itemCount + item]!);
  for (let i = 0; i < itemCount; i++) {
    matrix[i * itemCount + i] = 0;
    for (let j = i + 1; j < itemCount; j++) {
      const value = matrix[i * itemCount + j]!;
      matrix[i * itemCount + j] = value / diagonal[j]!;
      matrix[j * itemCount + i] = value / diagonal[i]!;
    }
  }
  return matrix;
}

/** How many people have both items, XᵀX, its upper triangle; exact up to 2^24. */
function computeGram({ offsets, ids }: ImplicitFeedback, itemCount: number): Float32Array {
  const common = new Float32Array(itemCount * itemCount);
  for (let user = 0; user + 1 < offsets.length; user++) {
    const own = ids.slice(offsets[user], offsets[user + 1]).sort();
    for (let at = 0; at < own.length; at++) {
      const row = own[at]! * itemCount;
      for (let other = at; other < own.length; other++) common[row + own[other]!]!++;
    }
  }
  return common;
}

function createScorer({ itemCount }: DataSummary, values: Float32Array): Scorer {
  const weight = tf.tidy(() => tf.variable(tf.tensor2d(values, [itemCount, itemCount]), false)); // [item, item]
  return {
    reads: 'basket',
    parameters: { weight },
    score: ({ baskets }: Queries) =>
      embeddingBag(weight, baskets ?? invalid('ease.score(queries)', 'queries with baskets', 'none')),
  };
}
