import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { describeNegatives } from '../testing/describe-negatives.js';
import { type PopularNegativesOptions, popularNegatives } from './popular-negatives.js';

describeNegatives('popularNegatives', popularNegatives({ count: 3 }), { rejects: 'positive' });
describeNegatives('popularNegatives, unseen', popularNegatives({ count: 3, reject: 'seen' }), { rejects: 'seen' });
describeNegatives('popularNegatives, any', popularNegatives({ count: 3, reject: 'nothing' }));

// Items 0, 2, 3 come 1, 4, 9 times; item 1 never. User 0 has seen items 0 and 3.
const train = createInteractions([
  [0, 0],
  ...Array.from({ length: 4 }, () => [1, 2] as const),
  [0, 3],
  ...Array.from({ length: 8 }, () => [1, 3] as const),
]);

/** The share of each item among 280,000 negatives of one user and positive. */
function shares(options: Omit<PopularNegativesOptions, 'count'>, user: number, positive: number): number[] {
  const drawn = popularNegatives({ count: 280_000, ...options })
    .prepare(train)
    .sample(Int32Array.of(user), Int32Array.of(positive), createRng(1));
  return [0, 1, 2, 3].map((item) => drawn.filter((each) => each === item).length / 280_000);
}

function expectShares(received: number[], expected: number[]): void {
  expected.forEach((share, item) => {
    if (share === 0) expect(received[item]).toBe(0);
    else expect(received[item]).toBeCloseTo(share, 2); // deviation of a share: at most √(0.25 ÷ 280,000) = 0.0009
  });
}

describe('popularNegatives', () => {
  it('samples by a power of the count in train', () => {
    expectShares(shares({ exponent: 1, reject: 'nothing' }, 1, 0), [1 / 14, 0, 4 / 14, 9 / 14]);
    expectShares(shares({ exponent: 0.5, reject: 'nothing' }, 1, 0), [1 / 6, 0, 2 / 6, 3 / 6]); // √1 + √4 + √9 = 6
    expectShares(shares({ exponent: 0, reject: 'nothing' }, 1, 0), [1 / 3, 0, 1 / 3, 1 / 3]);
  });

  it('never samples the positive or seen items', () => {
    expectShares(shares({ exponent: 0.5 }, 0, 3), [1 / 3, 0, 2 / 3, 0]);
    expectShares(shares({ reject: 'seen' }, 0, 3), [0, 0, 1, 0]);
  });

  it('throws if every item is rejected', () => {
    const all = createInteractions([
      [0, 0],
      [0, 2],
    ]);
    const sampler = popularNegatives({ count: 1, reject: 'seen' }).prepare(all);
    expect(() => sampler.sample(Int32Array.of(0), Int32Array.of(0), createRng(1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: popularNegatives: expected at least one unseen item per user, received none for user 100. Try reject: 'positive'.]`,
    );
    expect(() =>
      popularNegatives({ count: 1 }).prepare(createInteractions([[0, 1]])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: popularNegatives: expected at least 2 items in train, received 1. The only item is the positive.]`,
    );
    expect(() => popularNegatives({ count: 1, exponent: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: popularNegatives(exponent): expected a finite number from 0, received -1.]`,
    );
  });

  it('has the exponent in its name', () => {
    expect(popularNegatives({ count: 5 }).name).toBe('popular(5, exponent 0.75)');
    expect(popularNegatives({ count: 5, exponent: 1, reject: 'seen' }).name).toBe(
      'popular(5, exponent 1, reject seen)',
    );
  });
});
