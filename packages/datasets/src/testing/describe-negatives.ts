import { createRng } from '@footlight/core';
import { expect } from 'vitest';
import type { Negatives } from '../types.js';
import { describePromises, type Promised, protocolPromise } from './describe-promises.js';
import { sample } from './sample.js';

export interface NegativesPromises {
  /** What is never drawn: the query's own positive, or whatever the user did in train. Default: anything may be. */
  readonly rejects?: 'positive' | 'seen';
}

/**
 * The promises that every source of negatives keeps, as tests.
 *
 * @example
 * describeNegatives('uniformNegatives', uniformNegatives({ count: 3 }), { rejects: 'positive' });
 */
export function describeNegatives(name: string, negatives: Negatives, promises: NegativesPromises = {}): void {
  describePromises(name, negativesPromises(negatives, promises));
}

/** The same promises as functions that throw. */
export function negativesPromises(negatives: Negatives, { rejects }: NegativesPromises = {}): Promised[] {
  const { users, items } = sample();
  const draw = (seed: string) => negatives.prepare(sample()).sample(users, items, createRng(seed));
  const eachDraw = (check: (negative: number, query: number) => void) => {
    for (const [at, negative] of draw('one').entries()) check(negative, Math.floor(at / negatives.count));
  };
  const done = new Set(Array.from(users, (user, row) => `${user} ${items[row]}`));
  const rejected: Promised[] = [
    ['never draws the positive', () => eachDraw((negative, query) => expect(negative).not.toBe(items[query]))],
    [
      'never draws what the user did in train',
      () => eachDraw((negative, query) => expect(done).not.toContain(`${users[query]} ${negative}`)),
    ],
  ];
  return [
    protocolPromise(negatives),
    ['draws as many per query as it says', () => expect(draw('one').length).toBe(users.length * negatives.count)],
    [
      'draws items of the catalogue',
      () =>
        eachDraw((negative) => {
          expect(negative).toBeGreaterThanOrEqual(0);
          expect(negative).toBeLessThan(sample().catalogue.itemCount);
        }),
    ],
    ...rejected.slice(0, rejects === 'seen' ? 2 : rejects === 'positive' ? 1 : 0),
    ['draws the same again from the same seed', () => expect(draw('one')).toEqual(draw('one'))],
    ['draws others from another seed', () => expect(draw('one')).not.toEqual(draw('other'))],
    [
      'goes on where it stopped: the same sampler draws others the next time',
      () => {
        const [sampler, rng] = [negatives.prepare(sample()), createRng('one')];
        expect(sampler.sample(users, items, rng)).not.toEqual(sampler.sample(users, items, rng));
      },
    ],
    [
      'leaves its input as it was',
      () => {
        const given = sample();
        negatives.prepare(given).sample(given.users, given.items, createRng('one'));
        expect(given).toEqual(sample());
      },
    ],
  ];
}
