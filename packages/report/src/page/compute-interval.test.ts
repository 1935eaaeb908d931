import { describe, expect, it } from 'vitest';
import { computeInterval } from './compute-interval.js';

const of = (count: number, standardError: number | null) =>
  computeInterval({ mean: 0.5, standardError, values: new Array(count).fill(0.5) });

describe('interval', () => {
  it("takes Student's t over seeds: 12.706 for two, 2.776 for five, about 1.984 for 101", () => {
    expect(of(2, 0.01)).toEqual([0.5 - 0.12706, 0.5 + 0.12706]);
    expect(of(5, 0.01)).toEqual([0.5 - 0.02776, 0.5 + 0.02776]);
    expect(of(101, 0.01)![1]).toBeCloseTo(0.51984, 4);
  });

  it('takes 1.96 over users of a single seed, and has nothing to say where there is no error', () => {
    expect(of(1, 0.01)).toEqual([0.5 - 0.0196, 0.5 + 0.0196]);
    expect(of(1, null)).toBeUndefined();
  });
});
