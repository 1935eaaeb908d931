import { describe, expect, it } from 'vitest';
import { createInteractions, listPairs } from '../fixtures.js';
import { describeFilter } from '../testing/describe-filter.js';
import { minimumRating } from './minimum-rating.js';

describeFilter('minimumRating', minimumRating({ rating: 101 }));
describeFilter('minimumRating, whole catalogue', minimumRating({ rating: 101, catalogue: 'whole' }), {
  catalogue: 'whole',
});

const interactions = createInteractions([
  [0, 0, 0, 3.5],
  [1, 1, 0, 4],
  [1, 2, 0, 3],
  [2, 1, 0, 3.5],
]);

describeFilter(
  'minimumRating, low ratings set aside',
  minimumRating({ rating: 101, catalogue: 'whole', below: 'negatives' }),
  { catalogue: 'whole' },
);

describe('minimumRating', () => {
  it('keeps ratings from the minimum on, or only above it', () => {
    expect(listPairs(minimumRating({ rating: 3.5 }).apply(interactions))).toEqual([
      [100, 0],
      [101, 10],
      [102, 10],
    ]);
    expect(listPairs(minimumRating({ rating: 3.5, inclusive: false }).apply(interactions))).toEqual([[101, 10]]);
  });

  it('compares as the column stores ratings, so that 3.3 is 3.3', () => {
    const rated = createInteractions([3.2, 3.3, 3.4, 0.1, 4.9].map((rating, item) => [0, item, item, rating]));
    const keep = (rating: number, inclusive = true) =>
      listPairs(minimumRating({ rating, inclusive }).apply(rated)).map(([, item]) => Number(item) / 10);
    expect(keep(3.3)).toEqual([1, 2, 4]);
    expect(keep(3.3, false)).toEqual([2, 4]);
    expect(keep(0.1)).toEqual([0, 1, 2, 3, 4]);
    expect(keep(4.9)).toEqual([4]);
    expect(() => keep(4.9, false)).toThrowError('none of 5');
  });

  it('keeps users and items without remaining ratings with the whole catalogue', () => {
    const liked = minimumRating({ rating: 4, catalogue: 'whole' }).apply(interactions);
    expect(liked.catalogue).toBe(interactions.catalogue);
    expect(listPairs(liked)).toEqual([[101, 10]]);
    expect(minimumRating({ rating: 4 }).apply(interactions).catalogue.itemCount).toBe(1);
  });

  it('throws if there are no ratings or none passes', () => {
    const { ratings: _, ...unrated } = interactions;
    expect(() => minimumRating({ rating: 4 }).apply(unrated)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: minimumRating: expected interactions with ratings, received none. Name the rating column.]`,
    );
    expect(() => minimumRating({ rating: 5 }).apply(interactions)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: minimumRating: expected interactions that pass, received none of 4. Lower the minimum.]`,
    );
    expect(() => minimumRating({ rating: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: minimumRating(rating): expected a finite number, received NaN.]`,
    );
  });

  it('sets the other ratings aside as low-rated', () => {
    const { lowRated, catalogue } = minimumRating({ rating: 3.5, below: 'negatives' }).apply(interactions);
    expect([catalogue.itemCount, lowRated]).toEqual([
      2, // item 2 has only low ratings, which are dropped with it
      {
        users: new Int32Array(0),
        items: new Int32Array(0),
        ratings: new Float32Array(0),
        timestamps: new Float64Array(0),
      },
    ]);
    const whole = minimumRating({ rating: 3.5, below: 'negatives', catalogue: 'whole' }).apply(interactions);
    expect(whole.lowRated).toEqual({
      users: Int32Array.of(1),
      items: Int32Array.of(2),
      ratings: Float32Array.of(3),
      timestamps: Float64Array.of(0),
    });
    const twice = minimumRating({ rating: 4, below: 'negatives', catalogue: 'whole' }).apply(whole);
    expect([...twice.lowRated!.items]).toEqual([2, 0, 1]);
    expect(() => minimumRating({ rating: 4, below: 'aside' as 'drop' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: minimumRating(below): expected 'drop' or 'negatives', received aside.]`,
    );
  });

  it('has the minimum in its name', () => {
    expect([minimumRating({ rating: 4 }).name, minimumRating({ rating: 3.5, inclusive: false }).name]).toEqual([
      'minimum-rating(4)',
      'minimum-rating(above 3.5)',
    ]);
  });
});
