import { createRng, RecsysError } from '@footlight/core';
import { expect } from 'vitest';
import type { NegativeSampler, Negatives, SamplingContext } from '../types.js';
import { describePromises, type Promised, protocolPromise } from './describe-promises.js';
import { createSample } from './sample.js';

export interface NegativesPromises {
  /** What is never drawn: the query's own positive, or whatever the user did in train. Default: anything may be. */
  readonly rejects?: 'positive' | 'seen';
  /** What decides: the random numbers (`rng`, default), or the epoch and the training interaction alone (`place`). */
  readonly drawnBy?: 'rng' | 'place';
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
export function negativesPromises(
  negatives: Negatives,
  { rejects, drawnBy = 'rng' }: NegativesPromises = {},
): Promised[] {
  const { users, items } = createSample();
  const draw = (seed: string) => drawAll(negatives.prepare(createSample()), seed);
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
          expect(negative).toBeLessThan(createSample().catalogue.itemCount);
        }),
    ],
    ...rejected.slice(0, rejects === 'seen' ? 2 : rejects === 'positive' ? 1 : 0),
    ...(drawnBy === 'rng' ? promiseDrawnByRng(negatives) : promiseDrawnByContext(negatives)),
    [
      'leaves its input as it was',
      () => {
        const given = createSample();
        negatives.prepare(given).sample(given.users, given.items, createRng('one'), createContext(0));
        expect(given).toEqual(createSample());
      },
    ],
  ];
}

/** One query per interaction of the sample, as trainers ask where queries are interactions. */
function drawAll(sampler: NegativeSampler, seed: string, epoch = 0): Int32Array {
  const { users, items } = createSample();
  return sampler.sample(users, items, createRng(seed), createContext(epoch));
}

function createContext(epoch: number): SamplingContext {
  return { epoch, rows: Int32Array.from(createSample().users.keys()) };
}

function promiseDrawnByRng(negatives: Negatives): Promised[] {
  const draw = (seed: string) => drawAll(negatives.prepare(createSample()), seed);
  return [
    ['draws the same again from the same seed', () => expect(draw('one')).toEqual(draw('one'))],
    ['draws others from another seed', () => expect(draw('one')).not.toEqual(draw('other'))],
    [
      'goes on where it stopped: the same sampler draws others the next time',
      () => {
        const { users, items } = createSample();
        const [sampler, rng] = [negatives.prepare(createSample()), createRng('one')];
        expect(sampler.sample(users, items, rng, createContext(0))).not.toEqual(
          sampler.sample(users, items, rng, createContext(0)),
        );
      },
    ],
  ];
}

function promiseDrawnByContext(negatives: Negatives): Promised[] {
  const { users, items } = createSample();
  const draw = (epoch: number, seed = 'one') => drawAll(negatives.prepare(createSample()), seed, epoch);
  return [
    ['draws the same again in the same epoch, from any seed', () => expect(draw(0, 'one')).toEqual(draw(0, 'other'))],
    ['draws others in another epoch', () => expect(draw(0)).not.toEqual(draw(1))],
    [
      'draws the same in an epoch whatever was drawn before, so that runs can be resumed',
      () => {
        const sampler = negatives.prepare(createSample());
        for (const epoch of [0, 1, 1, 0]) expect(drawAll(sampler, 'one', epoch)).toEqual(draw(epoch));
      },
    ],
    [
      'draws the same for an interaction whatever batch it is in',
      () => {
        const all = draw(0);
        const rows = Int32Array.of(17, 2, 5);
        const pick = (column: Int32Array) => Int32Array.from(rows, (row) => column[row]!);
        const some = negatives
          .prepare(createSample())
          .sample(pick(users), pick(items), createRng('one'), { epoch: 0, rows });
        const ofRow = (row: number) => [...all.subarray(row * negatives.count, (row + 1) * negatives.count)];
        expect([...some]).toEqual([...rows].flatMap(ofRow));
      },
    ],
    [
      'refuses to draw for queries that are no interactions',
      () =>
        expect(() => negatives.prepare(createSample()).sample(users, items, createRng('one'), { epoch: 0 })).toThrow(
          RecsysError,
        ),
    ],
  ];
}
