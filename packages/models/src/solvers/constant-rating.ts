import { assertNumber, invalid } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import type { DataSummary, Queries, Scorer, Solver } from '../types.js';

export interface ConstantRatingOptions {
  /** The predicted rating, in the scale of the training ratings. Default: their mean. */
  readonly value?: number;
}

/**
 * Constant rating: predicts the mean of the training ratings, or a given value, for every user and item. The baseline
 * of rating models.
 *
 * $$ s_{ui} = \mu $$
 *
 * where $\mu$ is the mean or the given value.
 *
 * @throws {RecsysError} `invalid-argument` without a value if the interactions have no ratings
 * @example
 * constantRating().solve(train, rng).score(queries) // [batch, item], the mean everywhere
 * @source ours
 */
export function constantRating({ value }: ConstantRatingOptions = {}): Solver {
  if (value !== undefined) assertNumber('constantRating(value)', value);
  return {
    kind: 'solver',
    name: `constant-rating(${value ?? 'mean'})`,
    protocol: { name: 'constant-rating', value: value ?? 'mean' },
    reads: 'user',
    solve: (train) => createScorer(train.catalogue, value ?? computeMean(train)),
    restore: (data) => createScorer(data, 0),
  };
}

function computeMean({ ratings }: Interactions): number {
  if (!ratings?.length)
    invalid('constantRating', 'interactions with ratings', 'none', 'Name the rating column, or give a value.');
  return ratings.reduce((sum, rating) => sum + rating, 0) / ratings.length;
}

function createScorer({ itemCount }: DataSummary, value: number): Scorer {
  // [1]; a parameter, so that artifacts contain it
  const rating = tf.tidy(() => tf.variable(tf.tensor1d([value]), false));
  return {
    reads: 'user',
    scoresAnyUser: true,
    parameters: { rating },
    score: ({ users }: Queries) => tf.tile(tf.reshape(rating, [1, 1]), [users.shape[0], itemCount]),
    histories: { score: () => tf.tidy(() => tf.tile(tf.reshape(rating, [1, 1]), [1, itemCount])) },
  };
}
