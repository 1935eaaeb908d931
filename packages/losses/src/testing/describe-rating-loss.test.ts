import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { squaredLoss } from '../rating/squared.js';
import type { RatingLoss } from '../types.js';
import { findBroken } from './describe-promises.js';
import { createRatingPromises } from './describe-rating-loss.js';

const brokenBy = (mutant: Partial<RatingLoss>) => findBroken(createRatingPromises({ ...squaredLoss(), ...mutant }));

describe('describeRatingLoss', () => {
  it('accepts a loss as it should be', () => expect(brokenBy({})).toEqual([]));

  it('catches a loss without the square', () => {
    expect(brokenBy({ compute: ({ predicted, rating }) => tf.sub(predicted, rating) })).toContain(
      'falls when the prediction comes nearer to the rating',
    );
  });

  it('catches scores of [query, 1] that broadcast to every pair', () => {
    expect(
      brokenBy({
        compute: ({ predicted, rating }) => tf.mean(tf.squaredDifference(tf.expandDims(predicted, 1), rating), 1),
      }),
    ).toContain('reads each query alone');
  });

  it('catches a link that turns the scale round', () => {
    expect(brokenBy({ link: (scores) => tf.neg(scores) })).toEqual(['predicts a higher rating from a higher score']);
  });
});
