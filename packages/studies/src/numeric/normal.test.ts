import { describe, expect, it } from 'vitest';
import { logNormalCdf, logNormalMass, logNormalMassAround, normalQuantile, truncatedNormalQuantile } from './normal.js';

describe('the normal distribution', () => {
  it('has the distribution function of SciPy, in the tails too', () => {
    const expected = [
      [-40, -804.6084420137539],
      [-5, -15.064998393988727],
      [-1, -1.8410216450092634],
      [0, -Math.LN2],
      [2, -0.023012909328963476],
      [9, -1.1285884059538324e-19],
    ] as const;
    for (const [x, log] of expected) expect(logNormalCdf(x) / log).toBeCloseTo(1, 12);
  });

  it('has the mass of intervals on both sides', () => {
    const expected = [
      [-3, -2.5, -5.326764724079062],
      [2, 7, -3.783184333738286],
      [-1, 0.5, -0.6295956325528635],
      [30, 31, -454.3212439563432],
    ] as const;
    for (const [a, b, log] of expected) expect(logNormalMass(a, b) / log).toBeCloseTo(1, 12);
    expect(logNormalMass(-9, 9)).toBeCloseTo(0, 15);
  });

  it('has the mass of narrow intervals, whose ends are equal but for rounding', () => {
    const logDensity = (x: number): number => -0.5 * (x * x + Math.log(2 * Math.PI));
    for (const m of [0, 0.4, -3, 25]) expect(logNormalMassAround(m, 1e-17)).toBe(Math.log(1e-17) + logDensity(m));
    for (const h of [0.01, 0.1, 0.3, 0.49, 2])
      for (const m of [0, -0.7, 1, 2.2, -4.9])
        expect(logNormalMassAround(m, h)).toBeCloseTo(logNormalMass(m - h / 2, m + h / 2), 11);
  });

  it('has the quantiles of SciPy, also if it is truncated', () => {
    expect(normalQuantile(1e-300) / -37.0470962993612).toBeCloseTo(1, 8);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 12);
    expect(normalQuantile(0.5)).toBeCloseTo(0, 15);
    expect(normalQuantile(0.9)).toBeCloseTo(1.2815515655446004, 12);
    expect(truncatedNormalQuantile(0.1, -1, 2)).toBeCloseTo(-0.704647821094745, 12);
    expect(truncatedNormalQuantile(0.99, -0.5, 0.25)).toBeCloseTo(0.24250262335107875, 12);
    expect(truncatedNormalQuantile(0.5, 3, 9)).toBeCloseTo(3.2051549205989334, 10);
    expect(truncatedNormalQuantile(0.3, -30, -2)).toBeCloseTo(-2.466342374655068, 12);
  });

  it('stays within a far tail', () => {
    for (const u of [0, 1e-9, 0.5, 1]) {
      const x = truncatedNormalQuantile(u, 20, 21);
      expect(x >= 20 && x <= 21).toBe(true);
    }
  });
});
