import { describe, expect, it } from 'vitest';
import { fillNormal, fillUniform } from './fill-random.js';
import { createRng } from './rng.js';
import { computeMean, drawMany } from './statistics.fixture.js';

describe('fillNormal', () => {
  it('has the given mean and standard deviation', () => {
    const values = fillNormal(new Float64Array(200_001), createRng(16), 3, 0.5);
    expect(Math.abs(computeMean(values) - 3)).toBeLessThan(0.0056); // 5 · 0.5 / √n
    const variance = computeMean(values.map((value) => (value - 3) ** 2));
    expect(Math.abs(variance - 0.25)).toBeLessThan(0.004); // 5 · 0.25 · √(2/n)
  });

  it('fills an array of odd length to its end, and draws the same numbers for every type', () => {
    const wide = fillNormal(new Float64Array(7), createRng(17));
    expect(new Set(wide).size).toBe(7);
    expect(fillNormal(new Float32Array(7), createRng(17))).toEqual(Float32Array.from(wide));
  });

  it('uses both numbers of each pair, which are independent', () => {
    const values = fillNormal(new Float64Array(200_000), createRng(18));
    const products = drawMany(
      100_000,
      (
        (at) => () =>
          values[at++]! * values[at++]!
      )(0),
    );
    expect(Math.abs(computeMean(products))).toBeLessThan(5 / Math.sqrt(100_000));
  });
});

describe('fillUniform', () => {
  it('draws the same numbers as rng.uniform', () => {
    const rng = createRng(19);
    expect([...fillUniform(new Float64Array(5), createRng(19), -2, 3)]).toEqual(
      Array.from({ length: 5 }, () => rng.uniform(-2, 3)),
    );
  });
});
