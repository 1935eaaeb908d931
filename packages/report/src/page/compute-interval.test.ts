import { describe, expect, it } from 'vitest';
import { computeInterval } from './compute-interval.js';

const compute = (count: number, standardError: number | null) =>
  computeInterval({ mean: 0.5, standardError, values: new Array(count).fill(0.5) });

describe('computeInterval', () => {
  it("uses Student's t over seeds: 12.706 for two, 2.776 for five, about 1.984 for 101", () => {
    expect(compute(2, 0.01)).toEqual([0.5 - 0.12706, 0.5 + 0.12706]);
    expect(compute(5, 0.01)).toEqual([0.5 - 0.02776, 0.5 + 0.02776]);
    expect(compute(101, 0.01)![1]).toBeCloseTo(0.51984, 4);
  });

  it('uses 1.96 over users with one seed, and returns undefined without a standard error', () => {
    expect(compute(1, 0.01)).toEqual([0.5 - 0.0196, 0.5 + 0.0196]);
    expect(compute(1, null)).toBeUndefined();
  });
});
