import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { countKeys } from '../group-by.js';
import type { Interactions } from '../types.js';
import { type SyntheticInteractionsOptions, syntheticInteractions } from './synthetic-interactions.js';

const small = { users: 211, items: 101, interactions: 5003 };
const load = async (options: SyntheticInteractionsOptions, seed = 1): Promise<Interactions> =>
  syntheticInteractions(options).load({ rng: createRng(seed) });

describe('syntheticInteractions', () => {
  it('draws the given number, at least one per user, no pair twice', async () => {
    const { users, items, catalogue } = await load(small);
    expect([users.length, catalogue.userCount, catalogue.itemCount]).toEqual([5003, 211, 101]);
    expect(countKeys(users, 211).every((count) => count >= 1 && count <= 50)).toBe(true);
    expect(new Set(Array.from(users, (user, row) => 101 * user + items[row]!)).size).toBe(5003);
  });

  it('accepts a density instead', async () => {
    expect((await load({ users: 211, items: 101, density: 0.1 })).users).toHaveLength(2131); // 0.1 · 211 · 101 = 2131.1
  });

  it('can fill one half of all pairs', async () => {
    const { users } = await load({ users: 7, items: 11, interactions: 35 });
    expect([...countKeys(users, 7)]).toEqual([5, 5, 5, 5, 5, 5, 5]);
  });

  it('groups rows by user, in order of time, with ratings in half stars', async () => {
    const { users, timestamps, ratings } = await load(small);
    for (let row = 1; row < users.length; row++) {
      expect(users[row]! >= users[row - 1]!).toBe(true);
      if (users[row] === users[row - 1]) expect(timestamps![row]! >= timestamps![row - 1]!).toBe(true);
    }
    expect(ratings!.every((rating) => rating >= 0.5 && rating <= 5 && Number.isInteger(2 * rating))).toBe(true);
  });

  it('makes few items popular: the larger the exponent, the fewer', async () => {
    const shareOfTop = async (popularityExponent: number): Promise<number> => {
      const { items } = await load({
        users: 1009,
        items: 1013,
        interactions: 20_011,
        popularityExponent,
        tasteStrength: 0,
      });
      const counts = countKeys(items, 1013).sort().reverse();
      return counts.subarray(0, 101).reduce((sum, count) => sum + count, 0) / 20_011;
    };
    const [even, usual, steep] = [await shareOfTop(0), await shareOfTop(1), await shareOfTop(1.5)];
    expect(even).toBeLessThan(0.2);
    expect(usual).toBeGreaterThan(0.4);
    expect(steep).toBeGreaterThan(usual);
  });

  it('gives users with the same tastes more items in common than chance', async () => {
    // The variance over pairs of users of their number of shared items: tastes increase it.
    const spread = async (tasteStrength: number): Promise<number> => {
      const { users, items } = await load({
        users: 101,
        items: 503,
        interactions: 10_007,
        popularityExponent: 0,
        tasteStrength,
        activityDeviation: 0,
      });
      const has = new Float64Array(101 * 503);
      for (let row = 0; row < users.length; row++) has[503 * users[row]! + items[row]!] = 1;
      const shared: number[] = [];
      for (let one = 0; one < 101; one++)
        for (let other = 0; other < one; other++) {
          let both = 0;
          for (let item = 0; item < 503; item++) both += has[503 * one + item]! * has[503 * other + item]!;
          shared.push(both);
        }
      const mean = shared.reduce((sum, count) => sum + count, 0) / shared.length;
      return shared.reduce((sum, count) => sum + (count - mean) ** 2, 0) / shared.length;
    };
    expect(await spread(1.5)).toBeGreaterThan(2 * (await spread(0)));
  });

  it('draws the same interactions from the same seed, and others from another', async () => {
    expect(await load(small)).toEqual(await load(small));
    expect((await load(small, 2)).items).not.toEqual((await load(small)).items);
  });

  it('throws for impossible counts', () => {
    expect(() => syntheticInteractions({ users: 7, items: 11 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: syntheticInteractions: expected either interactions or density, received neither.]`,
    );
    expect(() => syntheticInteractions({ users: 7, items: 11, interactions: 36 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: syntheticInteractions(interactions): expected from 7 (one per user) to 35 (half of all pairs), received 36.]`,
    );
    expect(() => syntheticInteractions({ users: 7, items: 11, density: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: syntheticInteractions(density): expected a number between 0 and 1, received 1.5.]`,
    );
    expect(() =>
      syntheticInteractions({ users: 7, items: 11, interactions: 7, tasteStrength: -1 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: syntheticInteractions(tasteStrength): expected a finite number from 0, received -1.]`,
    );
  });
});
