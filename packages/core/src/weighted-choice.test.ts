import { describe, expect, it } from 'vitest';
import { createRng } from './rng.js';
import { createWeightedChoice } from './weighted-choice.js';

function countDraws(weights: ArrayLike<number>, draws: number): Float64Array {
  const draw = createWeightedChoice(weights);
  const rng = createRng(1);
  const counts = new Float64Array(weights.length);
  for (let i = 0; i < draws; i++) counts[draw(rng)]!++;
  return counts;
}

describe('createWeightedChoice', () => {
  it('draws in proportion to the weights', () => {
    const weights = [1, 0, 3, 0.5, 7, 1.5, 2]; // 15 in all
    const counts = countDraws(weights, 150_000);
    const chiSquare = weights.reduce(
      (sum, weight, i) => sum + (weight ? (counts[i]! - 10_000 * weight) ** 2 / (10_000 * weight) : 0),
      0,
    );
    expect(chiSquare).toBeLessThan(5 + 5 * Math.sqrt(10)); // 5 degrees of freedom: mean 5, deviation √10
  });

  it('never draws an index of weight 0, in spite of rounding', () => {
    for (const weights of [
      [0, 1],
      [1, 0, 0],
      [0.1, 0, 0.2, 0.7, 0],
      Float32Array.from({ length: 1009 }, (_, i) => (i % 3) * 0.1),
    ]) {
      const counts = countDraws(weights, 20_000);
      expect(counts.filter((count, i) => weights[i] === 0 && count > 0)).toHaveLength(0);
    }
  });

  it('accepts weights of very different size', () => {
    const counts = countDraws([1e9, 1, 1e9], 10_000);
    expect(counts[1]).toBe(0); // 5 in 10⁶ expected
    expect(Math.abs(counts[0]! - 5000)).toBeLessThan(250); // 5 · 50
  });

  it('accepts a single weight', () => expect(countDraws([5], 3)[0]).toBe(3));

  it('draws equal indices for equal seeds', () => {
    const draw = createWeightedChoice([2, 3, 5]);
    const draws = (seed: number, rng = createRng(seed)) => Array.from({ length: 23 }, () => draw(rng));
    expect(draws(3)).toEqual(draws(3));
    expect(draws(3)).not.toEqual(draws(4));
  });

  it('rejects weights that are negative, not finite or all 0', () => {
    expect(() => createWeightedChoice([1, -2])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createWeightedChoice(weights): expected finite weights of at least 0, received -2 at index 1.]`,
    );
    expect(() => createWeightedChoice([Number.NaN])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createWeightedChoice(weights): expected finite weights of at least 0, received NaN at index 0.]`,
    );
    expect(() => createWeightedChoice([0, 0])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createWeightedChoice(weights): expected a positive, finite sum, received 0 from 2 weights.]`,
    );
    expect(() => createWeightedChoice([])).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: createWeightedChoice(weights): expected a positive, finite sum, received 0 from 0 weights.]`,
    );
    expect(() => createWeightedChoice([Infinity, 1])).toThrow('received Infinity at index 0');
  });
});
