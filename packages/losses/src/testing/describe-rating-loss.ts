import { tf } from '@footlight/engine';
import { expect } from 'vitest';
import type { RatingLoss } from '../types.js';
import {
  computeValues,
  expectFiniteGradients,
  expectNoTensorLeft,
  expectOneValuePerQuery,
  expectOthersUnchanged,
  forEachQuery,
} from './assertions.js';
import { describePromises, type Promised } from './describe-promises.js';

// Ratings that every rating loss accepts, and scores that predict none of them exactly, whatever the link.
const ratings = [1, 0, 1];
const scores = [-1.2, 0.7, -0.4];
const nearer = [0.1, -0.1, 0.1];

/**
 * Contract suite of rating losses: defines one test, on each backend, per promise that every such loss must keep.
 *
 * @example
 * describeRatingLoss('squaredLoss', squaredLoss());
 */
export function describeRatingLoss(name: string, loss: RatingLoss): void {
  describePromises(name, createRatingPromises(loss));
}

/** Creates the promises of `describeRatingLoss`, for tests of the suite itself. */
export function createRatingPromises(loss: RatingLoss): Promised[] {
  const compute = (predicted = scores, rating = ratings) =>
    computeValues(() => loss.compute({ predicted: tf.tensor1d(predicted), rating: tf.tensor1d(rating) }));
  const link = (given: number[]) => computeValues(() => loss.link(tf.tensor1d(given)));

  return [
    [
      'returns one value per query',
      () =>
        expectOneValuePerQuery(() => loss.compute({ predicted: tf.tensor1d(scores), rating: tf.tensor1d(ratings) }), 3),
    ],
    [
      'computes the loss of a query from the score and the rating of that query only',
      () =>
        forEachQuery((query) =>
          expectOthersUnchanged(
            compute(shiftValue(scores, query, 5), shiftValue(ratings, query, -1)),
            compute(),
            query,
          ),
        ),
    ],
    [
      'decreases when the prediction approaches the rating',
      () =>
        forEachQuery((query) =>
          expect(compute(shiftValue(scores, query, nearer[query]!))[query]).toBeLessThan(compute()[query]!),
        ),
    ],
    [
      'predicts a higher rating from a higher score',
      () =>
        forEachQuery((query) =>
          expect(link(shiftValue(scores, query, 0.1))[query]).toBeGreaterThan(link(scores)[query]!),
        ),
    ],
    [
      'has finite gradients at scores of ±80',
      () =>
        expectFiniteGradients(
          (predicted) => loss.compute({ predicted: predicted as tf.Tensor1D, rating: tf.tensor1d(ratings) }),
          () => [tf.tensor1d(scores.map((score) => 80 * Math.sign(score)))],
        ),
    ],
    ['frees all its intermediate tensors', () => expectNoTensorLeft(() => [compute(), link(scores)])],
  ];
}

function shiftValue(values: readonly number[], query: number, by: number): number[] {
  return values.map((value, row) => (row === query ? value + by : value));
}
