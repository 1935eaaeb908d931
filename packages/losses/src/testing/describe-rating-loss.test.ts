import { tf } from '@footlight/engine';
import { describe, expect, it } from 'vitest';
import { squaredLoss } from '../rating/squared.js';
import type { RatingLoss } from '../types.js';
import { findBroken } from './describe-promises.js';
import { createRatingPromises } from './describe-rating-loss.js';

const findBrokenBy = (mutant: Partial<RatingLoss>) => findBroken(createRatingPromises({ ...squaredLoss(), ...mutant }));

describe('describeRatingLoss', () => {
  it('accepts a correct loss', () => expect(findBrokenBy({})).toEqual([]));

  it('catches a loss without the square', () => {
    expect(findBrokenBy({ compute: ({ predicted, rating }) => tf.sub(predicted, rating) })).toContain(
      'decreases when the prediction approaches the rating',
    );
  });

  it('catches scores of [query, 1] that broadcast to every pair', () => {
    expect(
      findBrokenBy({
        compute: ({ predicted, rating }) => tf.mean(tf.squaredDifference(tf.expandDims(predicted, 1), rating), 1),
      }),
    ).toContain('computes the loss of a query from the score and the rating of that query only');
  });

  it('catches a link that decreases', () => {
    expect(findBrokenBy({ link: (scores) => tf.neg(scores) })).toEqual([
      'predicts a higher rating from a higher score',
    ]);
  });
});
