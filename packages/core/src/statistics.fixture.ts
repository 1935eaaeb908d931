import { expect } from 'vitest';

/** Calls `draw` `count` times. */
export function drawMany(count: number, draw: () => number): Float64Array {
  return Float64Array.from({ length: count }, draw);
}

export function computeMean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Computes the mean of the values to a power. */
export function computeMoment(values: Float64Array, power: number): number {
  return computeMean(values.map((value) => value ** power));
}

/**
 * Pearson's χ² of draws from equally likely cells, Σ (observed − expected)² / expected: mean cells − 1, variance twice
 * that.
 */
export function computeChiSquare(cells: number, draws: number, draw: () => number): number {
  const observed = new Float64Array(cells);
  for (let i = 0; i < draws; i++) observed[draw()]!++;
  const expected = draws / cells;
  return observed.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/**
 * Expects a χ² within five standard deviations. The seeds of the tests are fixed, so that their results do not vary.
 */
export function expectChiSquare(value: number, freedom: number): void {
  expect(Math.abs(value - freedom)).toBeLessThan(5 * Math.sqrt(2 * freedom));
}
