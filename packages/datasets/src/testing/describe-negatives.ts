import { createRng, RecsysError } from '@footlight/core';
import { expect } from 'vitest';
import type { NegativeSampler, Negatives, SamplingContext } from '../types.js';
import { describePromises, type Promised, protocolPromise } from './describe-promises.js';
import { createSample, shuffleRows } from './sample.js';

/** Promises that differ between sources of negatives. */
export interface NegativesPromises {
  /** The items that are never sampled: the positive of the query, or all items of the user in train. Default: none. */
  readonly rejects?: 'positive' | 'seen';
  /**
   * What determines the negatives: the random numbers (`rng`, default), or only the epoch and the training interaction
   * (`context`).
   */
  readonly drawnBy?: 'rng' | 'context';
}

/**
 * Contract suite of negative sampling: one test per promise.
 *
 * @example
 * describeNegatives('uniformNegatives', uniformNegatives({ count: 3 }), { rejects: 'positive' });
 */
export function describeNegatives(name: string, negatives: Negatives, promises: NegativesPromises = {}): void {
  describePromises(name, createNegativesPromises(negatives, promises));
}

/** The promises as functions that throw if they are broken. */
export function createNegativesPromises(
  negatives: Negatives,
  { rejects, drawnBy = 'rng' }: NegativesPromises = {},
): Promised[] {
  const { users, items } = createSample();
  const draw = (seed: string) => drawAll(negatives.prepare(createSample()), seed);
  const eachDraw = (check: (negative: number, query: number) => void) => {
    for (const [at, negative] of draw('one').entries()) check(negative, Math.floor(at / negatives.count));
  };
  const seen = new Set(Array.from(users, (user, row) => `${user} ${items[row]}`));
  const rejected: Promised[] = [
    ['never samples the positive', () => eachDraw((negative, query) => expect(negative).not.toBe(items[query]))],
    [
      'never samples an item that the user has in train',
      () => eachDraw((negative, query) => expect(seen).not.toContain(`${users[query]} ${negative}`)),
    ],
  ];
  return [
    protocolPromise(negatives),
    ['samples `count` negatives per query', () => expect(draw('one').length).toBe(users.length * negatives.count)],
    [
      'samples items of the catalogue',
      () => {
        const { itemCount } = createSample().catalogue;
        eachDraw((negative) => {
          expect(negative).toBeGreaterThanOrEqual(0);
          expect(negative).toBeLessThan(itemCount);
        });
      },
    ],
    ...rejected.slice(0, rejects === 'seen' ? 2 : rejects === 'positive' ? 1 : 0),
    ...(drawnBy === 'rng' ? promiseDrawnByRng(negatives) : promiseDrawnByContext(negatives)),
    promiseSameDraws(negatives),
    ...promiseProbabilities(negatives),
    [
      'does not change its input',
      () => {
        const input = createSample();
        negatives.prepare(input).sample(input.users, input.items, createRng('one'), createContext(0));
        expect(input).toEqual(createSample());
      },
    ],
  ];
}

function promiseSameDraws(negatives: Negatives): Promised {
  return [
    'samples the same negatives when the rows of train are shuffled',
    () => {
      const sample = createSample();
      const shuffled = shuffleRows(sample);
      const places = new Map(Array.from(shuffled.ratings!, (row, at) => [row, at]));
      const rows = Int32Array.from(sample.ratings!, (row) => places.get(row)!); // where each row of the sample is now
      const sampler = negatives.prepare(shuffled);
      expect(sampler.sample(sample.users, sample.items, createRng('one'), { epoch: 0, rows })).toEqual(
        drawAll(negatives.prepare(createSample()), 'one'),
      );
    },
  ];
}

function promiseProbabilities(negatives: Negatives): Promised[] {
  const sampler = negatives.prepare(createSample());
  if (!sampler.logProbabilities) return [];
  const { users, items, catalogue } = createSample();
  const all = Int32Array.from({ length: items.length * catalogue.itemCount }, (_, at) => at % catalogue.itemCount);
  return [
    [
      'states probabilities that add up to 1 over the catalogue',
      () => {
        const probabilities = sampler.logProbabilities!(users, items, all).map(Math.exp); // [query, item]
        for (let query = 0; query < items.length; query++) {
          const own = probabilities.subarray(query * catalogue.itemCount, (query + 1) * catalogue.itemCount);
          expect(own.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 5);
        }
      },
    ],
    [
      'samples items as often as the probabilities say',
      () => {
        const [user, positive] = [users.subarray(0, 1), items.subarray(0, 1)];
        const rng = createRng('one');
        const counts = new Float64Array(catalogue.itemCount);
        const draws = 6000;
        for (let drawn = 0; drawn < draws; drawn += negatives.count)
          for (const item of sampler.sample(user, positive, rng, { epoch: 0, rows: Int32Array.of(0) })) counts[item]!++;
        const expected = sampler.logProbabilities!(user, positive, all.subarray(0, catalogue.itemCount));
        // The deviation of a share is at most √(0.25 ÷ 6000) = 0.0065.
        expected.forEach(
          (log, item) => void expect(Math.abs(counts[item]! / draws - Math.exp(log))).toBeLessThan(0.03),
        );
      },
    ],
  ];
}

/** Samples for one query per interaction of the sample, as the trainer does for models that read user ids. */
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
    ['samples the same negatives from the same seed', () => expect(draw('one')).toEqual(draw('one'))],
    ['samples other negatives from another seed', () => expect(draw('one')).not.toEqual(draw('other'))],
    [
      'advances the random numbers: the next call samples other negatives',
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
    [
      'samples the same negatives in the same epoch, from any seed',
      () => expect(draw(0, 'one')).toEqual(draw(0, 'other')),
    ],
    ['samples other negatives in another epoch', () => expect(draw(0)).not.toEqual(draw(1))],
    [
      'does not depend on earlier calls, so that runs can be resumed',
      () => {
        const sampler = negatives.prepare(createSample());
        for (const epoch of [0, 1, 1, 0]) expect(drawAll(sampler, 'one', epoch)).toEqual(draw(epoch));
      },
    ],
    [
      'samples the same negatives for an interaction in every batch',
      () => {
        const all = draw(0);
        const rows = Int32Array.of(17, 2, 5);
        const pick = (column: Int32Array) => Int32Array.from(rows, (row) => column[row]!);
        const some = negatives
          .prepare(createSample())
          .sample(pick(users), pick(items), createRng('one'), { epoch: 0, rows });
        const selectRow = (row: number) => [...all.subarray(row * negatives.count, (row + 1) * negatives.count)];
        expect([...some]).toEqual([...rows].flatMap(selectRow));
      },
    ],
    [
      'throws for queries that are not interactions',
      () =>
        expect(() => negatives.prepare(createSample()).sample(users, items, createRng('one'), { epoch: 0 })).toThrow(
          RecsysError,
        ),
    ],
  ];
}
