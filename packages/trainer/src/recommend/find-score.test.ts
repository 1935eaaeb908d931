import { logisticRatingLoss, poissonLoss, squaredLoss } from '@footlight/losses';
import { describe, expect, it } from 'vitest';
import { findScore } from './find-score.js';

describe('findScore', () => {
  it('inverts the links of the rating losses', () => {
    expect(findScore(squaredLoss().link, 3.7)).toBe(3.7);
    expect(findScore(poissonLoss().link, 3.7)).toBeCloseTo(Math.log(3.7), 5);
    expect(findScore(logisticRatingLoss().link, 0.8)).toBeCloseTo(Math.log(4), 5);
  });
});
