import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { minimumRating } from '../filters/minimum-rating.js';
import { createInteractions } from '../fixtures.js';
import { countKeys } from '../group-by.js';
import { leaveLastOut } from '../splits/leave-last-out.js';
import { describeNegatives } from '../testing/describe-negatives.js';
import { type LowRatedNegativesOptions, lowRatedNegatives } from './low-rated-negatives.js';

describeNegatives('lowRatedNegatives', lowRatedNegatives({ count: 3 }), { rejects: 'positive' });
describeNegatives('lowRatedNegatives, mixed', lowRatedNegatives({ count: 3, share: 0.3 }), { rejects: 'positive' });
describeNegatives('lowRatedNegatives, unseen', lowRatedNegatives({ count: 3, reject: 'seen' }), { rejects: 'seen' });
describeNegatives('lowRatedNegatives, maximum', lowRatedNegatives({ count: 3, maximum: 1 }), { rejects: 'positive' });

// User 0 likes items 0 and 5, and rates 1, 2, 3 low; user 1 rates nothing low; user 2 likes item 4, which came later.
const rated = createInteractions([
  [0, 0, 10, 5],
  [0, 1, 11, 1],
  [0, 2, 12, 2],
  [0, 3, 13, 3],
  [0, 5, 20, 4],
  [1, 1, 10, 4],
  [1, 3, 11, 4],
  [2, 4, 10, 2],
  [2, 4, 12, 5],
  [2, 2, 13, 5],
  [2, 3, 14, 1],
]);
const aside = minimumRating({ rating: 4, below: 'negatives', catalogue: 'whole' });
const train = aside.apply(rated);

/** Checks the share of each item among 80,000 negatives of one user and positive. */
function expectShares(
  options: Omit<LowRatedNegativesOptions, 'count'>,
  at: readonly [user: number, positive: number],
  expected: readonly number[],
  from = train,
) {
  const drawn = lowRatedNegatives({ count: 80_000, ...options })
    .prepare(from)
    .sample(Int32Array.of(at[0]), Int32Array.of(at[1]), createRng(1));
  const counts = countKeys(drawn, expected.length);
  expected.forEach((share, item) => {
    if (share === 0) expect(counts[item]).toBe(0);
    else expect(counts[item]! / 80_000).toBeCloseTo(share, 2); // deviation: at most √(0.25 ÷ 80,000) = 0.0018
  });
}

describe('lowRatedNegatives', () => {
  it('draws the low-rated items of the user with equal probability', () => {
    expectShares({}, [0, 0], [0, 1 / 3, 1 / 3, 1 / 3, 0, 0]);
    expectShares({ maximum: 2 }, [0, 0], [0, 0.5, 0.5, 0, 0, 0]);
  });

  it('mixes them with uniform negatives by the share', () => {
    // 0.4 ÷ 2 + 0.6 ÷ 5 = 0.32 for the items 1 and 2; 0.6 ÷ 5 = 0.12 for 3, 4 and 5
    expectShares({ share: 0.4, maximum: 2 }, [0, 0], [0, 0.32, 0.32, 0.12, 0.12, 0.12]);
  });

  it('draws uniform negatives for users without low-rated items', () => {
    expectShares({}, [1, 1], [0.2, 0, 0.2, 0.2, 0.2, 0.2]);
  });

  it('never draws an item that the user likes in train, or that was rated after the last training interaction', () => {
    // User 2 rated item 4 low and then high, and item 3 low after the last like.
    expectShares({}, [2, 4], [0.2, 0.2, 0.2, 0.2, 0, 0.2]);
    // Without their last interactions, user 0 ends at 10, and user 2 has only item 4.
    const { train: first } = leaveLastOut({ validation: false }).split(train, createRng(1));
    expect(() => lowRatedNegatives({ count: 1 }).prepare(first)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lowRatedNegatives: expected low ratings of training users, of items that they have not in train, no later than their last interaction there, received none of 5. Check the minimum rating, or keep items that have only low ratings with minimumRating({ catalogue: 'whole' }).]`,
    );
  });

  it('uses all low ratings of training users where there are no times', () => {
    const { timestamps: _, ...untimed } = rated;
    expectShares({}, [2, 4], [0, 0, 0, 1, 0, 0], aside.apply(untimed));
  });

  it('throws without low ratings', () => {
    expect(() => lowRatedNegatives({ count: 1 }).prepare(rated)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lowRatedNegatives: expected ratings that a filter has set aside, received none. Add the filter minimumRating({ rating, below: 'negatives' }).]`,
    );
  });

  it('checks its options', () => {
    for (const share of [0, -1, 1.5, Number.NaN, Infinity])
      expect(() => lowRatedNegatives({ count: 1, share })).toThrowError('lowRatedNegatives(share): expected');
    expect(() => lowRatedNegatives({ count: 0.5 })).toThrowError('lowRatedNegatives(count): expected');
    expect(() => lowRatedNegatives({ count: 1, maximum: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: lowRatedNegatives(maximum): expected a finite number, received NaN.]`,
    );
  });

  it('has its options in its name', () => {
    expect(lowRatedNegatives({ count: 5 }).name).toBe('low-rated(5)');
    expect(lowRatedNegatives({ count: 5, share: 0.5, maximum: 2, reject: 'seen' }).name).toBe(
      'low-rated(5, share 0.5, maximum 2, reject seen)',
    );
  });
});
