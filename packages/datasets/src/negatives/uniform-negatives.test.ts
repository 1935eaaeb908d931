import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { createInteractions } from '../fixtures.js';
import { describeNegatives } from '../testing/describe-negatives.js';
import type { Rejection } from './rejection.js';
import { uniformNegatives } from './uniform-negatives.js';

describeNegatives('uniformNegatives', uniformNegatives({ count: 3 }), { rejects: 'positive' });
describeNegatives('uniformNegatives, unseen', uniformNegatives({ count: 3, reject: 'seen' }), { rejects: 'seen' });
describeNegatives('uniformNegatives, any', uniformNegatives({ count: 3, reject: 'nothing' }));

// 7 items; user 0 has seen 1 (twice) and 4, user 1 all but 5, user 2 nothing.
const train = createInteractions(
  [...[4, 1, 1].map((item) => [0, item] as const), ...[6, 3, 0, 1, 4, 2].map((item) => [1, item] as const)],
  {
    userCount: 3,
    itemCount: 7,
  },
);

/** The number of times that each item was sampled for one user and positive. */
function draws(reject: Rejection, user: number, positive: number, count = 70_000): number[] {
  const sampler = uniformNegatives({ count, reject }).prepare(train);
  const times = new Array<number>(7).fill(0);
  for (const item of sampler.sample(Int32Array.of(user), Int32Array.of(positive), createRng(1))) times[item]!++;
  return times;
}

/** Five standard deviations of a binomial count. */
function expectEven(times: number[], rejected: number[]): void {
  const chance = 1 / (times.length - rejected.length);
  const total = times.reduce((sum, each) => sum + each);
  times.forEach((each, item) => {
    if (rejected.includes(item)) expect(each).toBe(0);
    else expect(Math.abs(each - total * chance)).toBeLessThan(5 * Math.sqrt(total * chance * (1 - chance)));
  });
}

describe('uniformNegatives', () => {
  it('never samples the positive, and all others with equal probability', () => {
    for (const positive of [0, 3, 6]) expectEven(draws('positive', 0, positive), [positive]);
  });

  it('never samples seen items, and all others with equal probability', () => {
    expectEven(draws('seen', 0, 1), [1, 4]);
    expectEven(draws('seen', 2, 1), []);
    expect(draws('seen', 1, 0, 11)).toEqual([0, 0, 0, 0, 0, 11, 0]);
  });

  it('samples every item if nothing is rejected', () => expectEven(draws('nothing', 1, 1), []));

  it('returns one row of negatives per query', () => {
    const sample = () =>
      uniformNegatives({ count: 3 }).prepare(train).sample(Int32Array.of(0, 1), Int32Array.of(0, 6), createRng(3));
    expect(sample().length).toBe(6);
    expect(sample()).toEqual(sample());
  });

  it('throws if a user has seen every item', () => {
    const all = createInteractions([
      [0, 0],
      [0, 1],
    ]);
    const sampler = uniformNegatives({ count: 1, reject: 'seen' }).prepare(all);
    expect(() => sampler.sample(Int32Array.of(0), Int32Array.of(1), createRng(1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: uniformNegatives: expected at least one unseen item per user, received none for user 100. Try reject: 'positive'.]`,
    );
    expect(() =>
      uniformNegatives({ count: 1 }).prepare(createInteractions([[0, 0]])),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: uniformNegatives: expected at least 2 items, received 1. The only item is the positive.]`,
    );
  });

  it('has the rejection in its name unless it is the default', () => {
    expect(uniformNegatives({ count: 5 }).name).toBe('uniform(5)');
    expect(uniformNegatives({ count: 5, reject: 'seen' }).name).toBe('uniform(5, reject seen)');
  });
});
