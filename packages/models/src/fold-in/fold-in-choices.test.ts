import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { computeRidge, type FrozenItems, foldInChoices } from './fold-in-choices.js';

const foldIn = (items: FrozenItems, history: Int32Array) =>
  foldInChoices(items, history, { confidence: 2, ridge: computeRidge(items, 0.5) });

function createItems(dim: number, rows: readonly (readonly number[])[]): FrozenItems {
  const gram = new Float32Array(dim * dim).map((_, at) =>
    rows.reduce((sum, row) => sum + row[Math.floor(at / dim)]! * row[at % dim]!, 0),
  );
  return { dim, vectors: Float32Array.from(rows.flat()), gram };
}

describe('foldInChoices', () => {
  it('has the value of the equation in one dimension', () => {
    // QᵀQ = 1 + 4 = 5, λ = 0.5 · 5; item 1 once: c = 1 + 2 · 1 = 3. x = 3 · 2 / (5 + 2 · 4 + 2.5) = 6 / 15.5
    expect(foldIn(createItems(1, [[1], [2]]), Int32Array.of(1))[0]).toBeCloseTo(6 / 15.5, 12);
    // twice: c = 1 + 2 · 2 = 5. x = 5 · 2 / (5 + 4 · 4 + 2.5) = 10 / 23.5
    expect(foldIn(createItems(1, [[1], [2]]), Int32Array.of(1, 1))[0]).toBeCloseTo(10 / 23.5, 12);
  });

  it('is the least-squares solution: the gradient of the objective is zero', () => {
    const rng = createRng(1);
    const [dim, count] = [5, 11];
    const rows = Array.from({ length: count }, () => Array.from({ length: dim }, () => Math.fround(rng.normal())));
    const items = createItems(dim, rows);
    const x = foldIn(items, Int32Array.of(3, 7, 7));
    const times = [0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0];
    const ridge =
      (0.5 / dim) *
      Array.from({ length: dim }, (_, d) => items.gram[d * dim + d]!).reduce((sum, value) => sum + value, 0);
    for (let d = 0; d < dim; d++) {
      // Σᵢ cᵢ (x · qᵢ − pᵢ) q_id + λ x_d
      const slope = rows.reduce((sum, row, item) => {
        const error = row.reduce((score, value, k) => score + value * x[k]!, 0) - (times[item]! > 0 ? 1 : 0);
        return sum + (1 + 2 * times[item]!) * error * row[d]!;
      }, ridge * x[d]!);
      expect(Math.abs(slope)).toBeLessThan(1e-4); // QᵀQ is given in 32 bits
    }
  });

  it('returns the zero vector for an empty history', () =>
    expect([
      ...foldIn(
        createItems(2, [
          [1, 0],
          [1, 1],
        ]),
        new Int32Array(0),
      ),
    ]).toEqual([0, 0]));

  it('returns the zero vector if all item vectors are zero', () =>
    expect([...foldIn(createItems(2, [[0, 0]]), Int32Array.of(0))]).toEqual([0, 0]));

  it('accepts items that all have the same direction', () => {
    const [first, second] = foldIn(
      createItems(2, [
        [1, 1],
        [2, 2],
      ]),
      Int32Array.of(1),
    );
    expect(first).toBeCloseTo(second!, 12);
  });

  it('refuses items that do not exist', () => {
    expect(() => foldIn(createItems(1, [[1], [2]]), Int32Array.of(2))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: foldIn(history): expected items from 0 to 1, received 2.]`,
    );
  });

  it('refuses item vectors that are not finite', () => {
    expect(() => foldIn(createItems(1, [[Number.NaN]]), Int32Array.of(0))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: foldIn: expected finite item vectors, received NaN or infinite ones. Did training diverge?]`,
    );
  });
});
