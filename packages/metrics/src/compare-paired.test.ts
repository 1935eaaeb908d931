import { createRng, fillNormal } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { comparePaired } from './compare-paired.js';

const normal = (seed: number, count: number, mean = 0) => fillNormal(new Float64Array(count), createRng(seed), mean);

describe('comparePaired', () => {
  it('describes the differences, pair by pair', () => {
    // Differences 1, 2, 3: mean 2, standard error √(1 / 3)
    const { meanDifference, standardError, count } = comparePaired([2, 4, 6, Number.NaN], [1, 2, 3, 4], {
      rng: createRng(1),
    });
    expect([meanDifference, standardError, count]).toEqual([2, expect.closeTo(Math.sqrt(1 / 3), 15), 3]);
  });

  it('has the probability of equal signs as p-value of equal differences', () => {
    // Of the 2⁵ assignments of signs, the two with equal signs are as large: p → 2/32.
    // Standard deviation √(p (1 − p) / 20000) = 0.0017.
    const { pValue } = comparePaired([2, 2, 2, 2, 2], [1, 1, 1, 1, 1], { rng: createRng(2), resamples: 20_000 });
    expect(Math.abs(pValue - 2 / 32)).toBeLessThan(0.0086);
  });

  it('counts ties as ties in spite of rounding', () => {
    // |±0.1 ± 0.3 ± 0.1| is at least 0.3 for 6 of 8 signs, but in floating point
    // 0.1 + 0.3 − 0.1 = 0.30000000000000004 and −0.1 + 0.3 + 0.1 = 0.3.
    const { pValue } = comparePaired([0.1, 0.3, -0.1], [0, 0, 0], { rng: createRng(3), resamples: 20_000 });
    expect(Math.abs(pValue - 6 / 8)).toBeLessThan(0.0155); // 5 · √(0.75 · 0.25 / 20000)
  });

  it('flips the signs of all pairs independently', () => {
    // Two pairs differ, 32 apart: their signs agree, and the sum is as large, in half of the cases.
    const a = Float64Array.from({ length: 37 }, (_, query) => (query % 32 === 0 ? 1 : 0));
    const { pValue } = comparePaired(a, new Float64Array(37), { rng: createRng(4), resamples: 20_000 });
    expect(Math.abs(pValue - 1 / 2)).toBeLessThan(0.018);
  });

  it('finds no difference between a model and itself', () => {
    const values = normal(4, 53);
    expect(comparePaired(values, values, { rng: createRng(5) })).toMatchObject({
      meanDifference: 0,
      interval: { low: 0, high: 0 },
      pValue: 1,
    });
  });

  it('rejects about as often as the significance level if there is no difference', () => {
    let rejected = 0;
    for (let trial = 0; trial < 400; trial++) {
      const { pValue } = comparePaired(normal(trial, 53), normal(1000 + trial, 53), {
        rng: createRng(trial),
        resamples: 199,
      });
      if (pValue <= 0.1) rejected++;
    }
    expect(Math.abs(rejected / 400 - 0.1)).toBeLessThan(0.06);
  });

  it('detects a small difference that is similar for all queries', () => {
    const base = normal(6, 211);
    const better = base.map((value, query) => value + 0.05 + 0.01 * (query % 3));
    const { pValue, interval } = comparePaired(better, base, { rng: createRng(7) });
    expect(pValue).toBe(1 / 2001);
    expect(interval.low).toBeGreaterThan(0.05);
    expect(interval.high).toBeLessThan(0.07);
  });

  it('changes only its sign with the order of the models', () => {
    const [a, b] = [normal(8, 31), normal(9, 31)];
    const [one, other] = [comparePaired(a, b, { rng: createRng(10) }), comparePaired(b, a, { rng: createRng(10) })];
    expect(other.meanDifference).toBeCloseTo(-one.meanDifference, 15);
    expect(other.pValue).toBe(one.pValue);
  });

  it('flips the signs of a cluster together', () => {
    // Sums of the clusters: 3 and 1. Of the 4 assignments of signs, ±(3 + 1) are as large: p → 1/2, not 2/16.
    const { pValue, clusterCount, count } = comparePaired([1, 1, 1, 1], [0, 0, 0, 0], {
      rng: createRng(11),
      resamples: 20_000,
      clusters: [6, 6, 2, 6],
    });
    expect(Math.abs(pValue - 1 / 2)).toBeLessThan(0.018); // 5 · √(0.25 / 20000)
    expect([clusterCount, count]).toEqual([2, 4]);
  });

  it('rejects about as often as the significance level for users with many dependent queries', () => {
    const clusters = Array.from({ length: 53 * 7 }, (_, query) => query % 53);
    const rejections = (options: { clusters?: number[] }) => {
      let rejected = 0;
      for (let trial = 0; trial < 200; trial++) {
        const own = normal(trial, 53);
        const a = clusters.map((user, query) => own[user]! + 0.1 * (query % 3));
        const { pValue } = comparePaired(
          a,
          clusters.map((_, query) => 0.1 * (query % 3)),
          {
            rng: createRng(trial),
            resamples: 199,
            ...options,
          },
        );
        if (pValue <= 0.1) rejected++;
      }
      return rejected / 200;
    };
    expect(Math.abs(rejections({ clusters }) - 0.1)).toBeLessThan(0.085); // 4 · √(0.09 / 200)
    expect(rejections({})).toBeGreaterThan(0.4); // queries taken for independent reject far too often
  });

  it('rejects different lengths and fewer than two defined pairs', () => {
    expect(() => comparePaired([1, 2, 3], [1, 2], { rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: comparePaired(b): expected 3 values, one for each of a, received 2. Evaluate both on the same queries.]`,
    );
    expect(() => comparePaired([1, Number.NaN], [1, 2], { rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: comparePaired(a, b): expected at least 2 pairs of defined values, received 1.]`,
    );
  });
});
