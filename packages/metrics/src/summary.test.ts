import { createRng, fillNormal } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { bootstrapInterval, summarize } from './summary.js';

const normal = (seed: number, count: number, mean = 0) => fillNormal(new Float64Array(count), createRng(seed), mean);

describe('summarize', () => {
  it('computes mean and standard error, and counts undefined values', () => {
    // Mean 2/3; squares (4 + 1 + 1) / 9 = 2/3, divided by n − 1 = 2 and by n = 3: √(1/9)
    const { mean, standardError, count, undefinedCount } = summarize([0, 1, Number.NaN, 1]);
    expect([mean, standardError, count, undefinedCount]).toEqual([2 / 3, expect.closeTo(1 / 3, 15), 3, 1]);
  });

  it('has no standard error for one value, and no mean for no value', () => {
    expect(summarize([5])).toEqual({
      mean: 5,
      standardError: Number.NaN,
      count: 1,
      undefinedCount: 0,
      clusterCount: 1,
    });
    expect(summarize([])).toEqual({
      mean: Number.NaN,
      standardError: Number.NaN,
      count: 0,
      undefinedCount: 0,
      clusterCount: 0,
    });
  });

  it('is exact for small differences of large values', () => {
    expect(summarize([1e9, 1e9 + 1, 1e9 + 2]).standardError).toBeCloseTo(Math.sqrt(1 / 3), 12);
  });
});

describe('summarize with clusters', () => {
  const values = [0.5, 1, 0.25, 0.2, 0, 0.125, 1, 0.5, 0.0625, 0.75, 0.1];
  const users = [3, 3, 3, 8, 8, 1, 1, 1, 1, 5, 2];

  it('equals the cluster-robust standard error of statsmodels', () => {
    // sm.OLS(values, np.ones((11, 1))).fit(cov_type='cluster', cov_kwds={'groups': users}).bse, statsmodels 0.15.0
    expect(summarize(values, { clusters: users })).toMatchObject({
      standardError: expect.closeTo(0.09486261495520562, 14),
      count: 11,
      clusterCount: 5,
    });
  });

  it('equals the standard error of means for clusters of one size', () => {
    // (1 + 3) / 2 = 2, (5 + 5) / 2 = 5, (0 + 4) / 2 = 2: mean 3, deviations −1, 2, −1: √(6 / 2 / 3) = 1
    const clusters = [7, 9, 7, 9, 4, 4];
    expect(summarize([1, 5, 3, 5, 0, 4], { clusters }).standardError).toBeCloseTo(1, 15);
  });

  it('is the ordinary standard error if every value is a cluster, or without clusters', () => {
    const ordinary = summarize(values).standardError;
    expect(ordinary).toBeCloseTo(0.1113485611317708, 14);
    expect(summarize(values, { clusters: values.map((_, at) => 10 - at) }).standardError).toBe(ordinary);
  });

  it('leaves out undefined values, and has no error for one cluster', () => {
    expect(summarize([0.5, Number.NaN, 1], { clusters: [1, 2, 2] })).toEqual({
      ...summarize([0.5, 1], { clusters: [1, 2] }),
      undefinedCount: 1,
    });
    expect(summarize([1, 2, 3], { clusters: [5, 5, 5] }).standardError).toBeNaN();
  });

  it('rejects another number of clusters', () => {
    expect(() => summarize([1, 2], { clusters: [1] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: summarize(clusters): expected 2 clusters, one for each value, received 1.]`,
    );
  });
});

describe('bootstrapInterval', () => {
  it('resamples whole clusters', () => {
    // Two clusters, of 2 zeros and of 1 one: resampled means are 0 with probability 1/4, 1 with 1/4, 1/3 with 1/2.
    const sample = (confidence: number) =>
      bootstrapInterval([0, 1, 0], { rng: createRng(8), confidence, clusters: [4, 2, 4] });
    expect(sample(0.9)).toEqual({ low: 0, high: 1 });
    expect(sample(0.3)).toEqual({ low: 1 / 3, high: 1 / 3 });
  });

  it('agrees with the cluster-robust interval', () => {
    const users = Array.from({ length: 997 }, (_, query) => query % 83);
    const own = normal(12, 83);
    const values = normal(11, 997).map((noise, query) => own[query % 83]! + noise);
    const { mean, standardError } = summarize(values, { clusters: users });
    expect(standardError).toBeGreaterThan(2 * summarize(values).standardError);
    const { low, high } = bootstrapInterval(values, { rng: createRng(13), clusters: users });
    expect(Math.abs(low - (mean - 1.96 * standardError))).toBeLessThan(0.2 * standardError);
    expect(Math.abs(high - (mean + 1.96 * standardError))).toBeLessThan(0.2 * standardError);
  });

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
