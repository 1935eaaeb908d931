import { createRng, fillNormal } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { bootstrapInterval, comparePaired, summarize } from './summary.js';

const normal = (seed: number, count: number, mean = 0) => fillNormal(new Float64Array(count), createRng(seed), mean);

describe('summarize', () => {
  it('computes mean and standard error, and counts undefined values', () => {
    // Mean 2/3; squares (4 + 1 + 1) / 9 = 2/3, divided by n − 1 = 2 and by n = 3: √(1/9)
    const { mean, standardError, count, undefinedCount } = summarize([0, 1, Number.NaN, 1]);
    expect([mean, standardError, count, undefinedCount]).toEqual([2 / 3, expect.closeTo(1 / 3, 15), 3, 1]);
  });

  it('has no standard error for one value, and no mean for no value', () => {
    expect(summarize([5])).toEqual({ mean: 5, standardError: Number.NaN, count: 1, undefinedCount: 0 });
    expect(summarize([])).toEqual({ mean: Number.NaN, standardError: Number.NaN, count: 0, undefinedCount: 0 });
  });

  it('is exact for small differences of large values', () => {
    expect(summarize([1e9, 1e9 + 1, 1e9 + 2]).standardError).toBeCloseTo(Math.sqrt(1 / 3), 12);
  });
});

describe('bootstrapInterval', () => {
  it('agrees with the normal interval for normal values', () => {
    const values = normal(1, 1009);
    const { mean, standardError } = summarize(values);
    const { low, high } = bootstrapInterval(values, { rng: createRng(2) });
    expect(Math.abs(low - (mean - 1.96 * standardError))).toBeLessThan(0.15 * standardError);
    expect(Math.abs(high - (mean + 1.96 * standardError))).toBeLessThan(0.15 * standardError);
  });

  it('is wider with more confidence', () => {
    const values = normal(3, 101);
    const width = (confidence: number) => {
      const { low, high } = bootstrapInterval(values, { rng: createRng(4), confidence });
      return high - low;
    };
    expect(width(0.99)).toBeGreaterThan(width(0.8));
  });

  it('contains the true mean about as often as its confidence', () => {
    let contained = 0;
    for (let trial = 0; trial < 400; trial++) {
      const { low, high } = bootstrapInterval(normal(100 + trial, 53), {
        rng: createRng(trial),
        confidence: 0.9,
        resamples: 199,
      });
      if (low <= 0 && 0 <= high) contained++;
    }
    expect(Math.abs(contained / 400 - 0.9)).toBeLessThan(0.06); // 4 · √(0.9 · 0.1 / 400)
  });

  it('leaves out undefined values, and is equal for equal seeds', () => {
    const [defined, withUndefined] = [
      [1, 2, 5, 7],
      [1, Number.NaN, 2, 5, Number.NaN, 7],
    ];
    expect(bootstrapInterval(withUndefined!, { rng: createRng(5) })).toEqual(
      bootstrapInterval(defined!, { rng: createRng(5) }),
    );
  });

  it('is a point for equal values', () =>
    expect(bootstrapInterval([3, 3, 3], { rng: createRng(6) })).toEqual({ low: 3, high: 3 }));

  it('rejects values without a defined one and options out of range', () => {
    expect(() => bootstrapInterval([Number.NaN], { rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bootstrapInterval(values): expected at least one defined value, received none.]`,
    );
    expect(() => bootstrapInterval([1, 2], { rng: createRng(1), confidence: 95 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bootstrapInterval(confidence): expected a number between 0 and 1, received 95.]`,
    );
    expect(() => bootstrapInterval([1, 2], { rng: createRng(1), resamples: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: bootstrapInterval(resamples): expected a positive integer, received 0.]`,
    );
  });
});

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

  it('rejects different lengths and fewer than two defined pairs', () => {
    expect(() => comparePaired([1, 2, 3], [1, 2], { rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: comparePaired(b): expected 3 values, one for each of a, received 2. Evaluate both on the same queries.]`,
    );
    expect(() => comparePaired([1, Number.NaN], [1, 2], { rng: createRng(1) })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: comparePaired(a, b): expected at least 2 pairs of defined values, received 1.]`,
    );
  });
});
