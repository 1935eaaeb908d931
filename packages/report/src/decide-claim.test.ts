import { describe, expect, it } from 'vitest';
import { computeDifference, decideClaim, findLeaders } from './decide-claim.js';
import type { MetricResult } from './result.js';

const overSeeds = (mean: number, standardError: number, seeds = 5): MetricResult => ({
  mean,
  standardError,
  values: Array.from({ length: seeds }, () => mean),
});
const overUsers = (mean: number, standardError: number): MetricResult => ({ mean, standardError, values: [mean] });

describe('computeDifference', () => {
  it('is the interval of Welch, with errors over seeds', () => {
    // Errors 0.003 and 0.004 have the error 0.005. Degrees of freedom: 25² / (9² / 4 + 16² / 4) = 7.4, so t = 2.365.
    const [low, high] = computeDifference(overSeeds(0.42, 0.003), overSeeds(0.4, 0.004))!;
    expect(low).toBeCloseTo(0.02 - 2.365 * 0.005, 9);
    expect(high).toBeCloseTo(0.02 + 2.365 * 0.005, 9);
  });

  it('takes errors over users where one of the two has no others', () => {
    const [low] = computeDifference({ ...overSeeds(0.42, 0.001), userError: 0.003 }, overUsers(0.4, 0.004))!;
    expect(low).toBeCloseTo(0.02 - 1.96 * 0.005, 9);
  });

  it('is a point for results without spread, and undefined where an error is unknown', () => {
    expect(computeDifference(overSeeds(0.5, 0), overSeeds(0.25, 0))).toEqual([0.25, 0.25]);
    expect(computeDifference(overSeeds(0.5, 0), { mean: 0.4, standardError: null, values: [0.4] })).toBeUndefined();
  });
});

describe('decideClaim', () => {
  it('needs an interval without 0 for a winner', () => {
    const [high, low] = [overSeeds(0.42, 0.003), overSeeds(0.4, 0.003)];
    expect(decideClaim('ndcg@100', high, low)).toBe('holds');
    expect(decideClaim('ndcg@100', low, high)).toBe('does not hold');
    expect(decideClaim('ndcg@100', overSeeds(0.403, 0.003), low)).toBe('cannot be told'); // within one standard error
    expect(decideClaim('ndcg@100', overSeeds(0.406, 0.003), low)).toBe('cannot be told');
  });

  it('knows that smaller errors are better', () => {
    expect(decideClaim('rmse', overSeeds(0.9, 0.003), overSeeds(0.95, 0.003))).toBe('holds');
  });

  it('cannot tell without errors', () => {
    expect(decideClaim('mrr', { mean: 0.5, standardError: null, values: [0.5] }, overUsers(0.1, 0.01))).toBe(
      'cannot be told',
    );
  });
});

describe('findLeaders', () => {
  it('has the best first, then what cannot be told from it', () => {
    const results = [overSeeds(0.4, 0.003), overSeeds(0.42, 0.003), overSeeds(0.418, 0.003), overSeeds(0.41, 0.02)];
    expect(findLeaders('ndcg@100', results)).toEqual([1, 2, 3]);
    expect(findLeaders('ndcg@100', [])).toEqual([]);
  });
});
