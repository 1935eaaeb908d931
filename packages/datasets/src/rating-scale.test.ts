import { describe, expect, it } from 'vitest';
import { createInteractions } from './fixtures.js';
import { ratingScale } from './rating-scale.js';

const interactions = createInteractions([
  [0, 0, 0, 1],
  [1, 1, 0, 4],
  [1, 2, 0, 5],
]);

describe('ratingScale', () => {
  it('scales ratings and changes nothing else', () => {
    // (1 − 1) / 4, (4 − 1) / 4, (5 − 1) / 4
    expect(ratingScale({ from: [1, 5] }).apply(interactions)).toEqual({
      ...interactions,
      ratings: Float32Array.of(0, 0.75, 1),
    });
  });

  it('scales to any range, and does not change its input', () => {
    // −1 + (4 − 1) · 2 / 4 = 0.5
    expect(ratingScale({ from: [1, 5], to: [-1, 1] }).apply(interactions).ratings).toEqual(Float32Array.of(-1, 0.5, 1));
    expect(interactions.ratings).toEqual(Float32Array.of(1, 4, 5));
  });

  it('accepts the ends of the scale as the column stores them, and maps them to the ends', () => {
    const ends = { ...interactions, ratings: Float32Array.of(0.1, 4.9, 2.5) };
    expect(ratingScale({ from: [0.1, 4.9] }).apply(ends).ratings).toEqual(Float32Array.of(0, 1, 0.5));
    const tenths = { ...interactions, ratings: Float32Array.of(0.3, 0.7, 0.5) };
    expect(ratingScale({ from: [0.3, 0.7] }).apply(tenths).ratings).toEqual(Float32Array.of(0, 1, 0.5));
    expect(() => ratingScale({ from: [0.1, 4.8] }).apply(ends)).toThrowError('received 4.9.');
  });

  it('has a name with the scale of the model', () => expect(ratingScale({ from: [1, 5] }).name).toBe('0..1'));

  it('converts in both directions, outside of the range too', () => {
    const { toModel, toSource } = ratingScale({ from: [1, 5], to: [-1, 1] });
    expect([1, 2, 5, 6].map(toModel)).toEqual([-1, -0.5, 1, 1.5]);
    expect([-1, -0.5, 1, 1.5].map(toSource)).toEqual([1, 2, 5, 6]); // a prediction can be outside
  });

  it('throws if ratings are missing or outside the range', () => {
    const { ratings: _, ...unrated } = interactions;
    expect(() => ratingScale({ from: [1, 5] }).apply(unrated)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ratingScale: expected interactions with ratings, received none. Name the rating column.]`,
    );
    expect(() => ratingScale({ from: [1, 4] }).apply(interactions)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ratingScale: expected ratings from 1 to 4, received 5. Set \`from\` to the scale of the source.]`,
    );
    expect(() => ratingScale({ from: [5, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ratingScale(from): expected a low number and a higher one, received 5 and 1.]`,
    );
    expect(() => ratingScale({ from: [1, 5], to: [0, Number.NaN] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ratingScale(to): expected a low number and a higher one, received 0 and NaN.]`,
    );
  });
});
