import { describe, expect, it } from 'vitest';
import { createRng } from './rng.js';
import { computeChiSquare, computeMean, computeMoment, drawMany, expectChiSquare } from './statistics.fixture.js';

describe('next and uniform', () => {
  it('have the moments of the uniform distribution', () => {
    const rng = createRng(1);
    const values = drawMany(200_000, rng.next);
    // Standard errors: 0.2887 / √n = 0.00065 for the mean, 0.298 / √n = 0.00067 for the mean square.
    expect(Math.abs(computeMean(values) - 1 / 2)).toBeLessThan(0.0033);
    expect(Math.abs(computeMoment(values, 2) - 1 / 3)).toBeLessThan(0.0034);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it('are in [low, high)', () => {
    const rng = createRng(2);
    const values = drawMany(10_007, () => rng.uniform(-3, -1));
    expect(values.every((value) => value >= -3 && value < -1)).toBe(true);
    expect(Math.abs(computeMean(values) + 2)).toBeLessThan(0.03); // 5 · 0.577 / √n
  });

  it('have independent consecutive numbers', () => {
    const rng = createRng(3);
    expectChiSquare(
      computeChiSquare(13 * 13, 100_000, () => Math.floor(rng.next() * 13) * 13 + Math.floor(rng.next() * 13)),
      168,
    );
  });
});

describe('normal', () => {
  it('has the moments of the normal distribution', () => {
    const rng = createRng(4);
    const values = drawMany(200_000, () => rng.normal());
    // Standard errors: √(1/n) = 0.0022, √(2/n) = 0.0032, √(15/n) = 0.0087, √(96/n) = 0.022
    expect(Math.abs(computeMoment(values, 1))).toBeLessThan(0.011);
    expect(Math.abs(computeMoment(values, 2) - 1)).toBeLessThan(0.016);
    expect(Math.abs(computeMoment(values, 3))).toBeLessThan(0.043);
    expect(Math.abs(computeMoment(values, 4) - 3)).toBeLessThan(0.11);
  });

  it('is shifted and scaled', () => {
    const [one, other] = [createRng(5), createRng(5)];
    expect(one.normal(3, 0.5)).toBe(3 + 0.5 * other.normal());
  });
});

describe('integer', () => {
  it('draws every number with equal probability', () => {
    const rng = createRng(6);
    for (const bound of [2, 7, 1009])
      expectChiSquare(
        computeChiSquare(bound, 100_000, () => rng.integer(bound)),
        bound - 1,
      );
  });

  it('has no modulo bias at a large bound', () => {
    // 2³² mod 3·2³⁰ would put half of all draws below 2³⁰; without bias it is a third. Standard error 0.0015.
    const rng = createRng(7);
    const share = computeMean(drawMany(100_000, () => (rng.integer(3 * 2 ** 30) < 2 ** 30 ? 1 : 0)));
    expect(Math.abs(share - 1 / 3)).toBeLessThan(0.0075);
  });

  it('accepts bounds from 1 to 2³²', () => {
    const rng = createRng(8);
    expect(rng.integer(1)).toBe(0);
    const values = drawMany(1009, () => rng.integer(2 ** 32));
    expect(values.every((value) => Number.isInteger(value) && value >= 0 && value < 2 ** 32)).toBe(true);
    expect(Math.max(...values)).toBeGreaterThan(0.99 * 2 ** 32);
  });

  it('rejects other bounds', () => {
    expect(() => createRng(1).integer(0)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rng.integer(bound): expected an integer from 1 to 2^32, received 0.]`,
    );
    expect(() => createRng(1).integer(2.5)).toThrow('received 2.5');
    expect(() => createRng(1).integer(2 ** 32 + 1)).toThrow('received 4294967297');
    expect(() => createRng(1).integer(Number.NaN)).toThrow('received NaN');
  });
});

describe('integers', () => {
  it('equal those of as many calls of integer, and leave the same state', () => {
    for (const bound of [1, 2, 3, 5, 3706, 20_107, 65_536, 999_983, 3 * 2 ** 29, 2 ** 31 - 1, 2 ** 31]) {
      const [one, all] = [createRng(bound), createRng(bound)];
      const expected = Int32Array.from({ length: 1009 }, () => one.integer(bound));
      expect(all.integers(bound, new Int32Array(1009))).toEqual(expected);
      expect(all.snapshot()).toBe(one.snapshot());
    }
  });

  it('are written into the given array', () => {
    const into = new Int32Array(7);
    expect(createRng(1).integers(5, into)).toBe(into);
    expect(createRng(1).integers(5, new Int32Array(0))).toEqual(new Int32Array(0));
  });

  it('reject other bounds', () => {
    expect(() => createRng(1).integers(0, new Int32Array(1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rng.integers(bound): expected an integer from 1 to 2^31, received 0.]`,
    );
    expect(() => createRng(1).integers(2 ** 31 + 1, new Int32Array(1))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: rng.integers(bound): expected an integer from 1 to 2^31, received 2147483649.]`,
    );
  });
});

describe('shuffle', () => {
  it('makes the same swaps for all types of lists', () => {
    const numbers = Array.from({ length: 1009 }, (_, at) => at);
    const [one, other] = [createRng(22), createRng(22)];
    expect([...one.shuffle(Int32Array.from(numbers))]).toEqual(other.shuffle(numbers));
    expect(one.next()).toBe(other.next());
  });

  it('keeps every element and returns its argument', () => {
    const list = Int32Array.from({ length: 101 }, (_, i) => i);
    const shuffled = createRng(9).shuffle(list);
    expect(shuffled).toBe(list);
    expect([...shuffled]).not.toEqual([...shuffled].sort((a, b) => a - b));
    expect([...shuffled].sort((a, b) => a - b)).toEqual(Array.from({ length: 101 }, (_, i) => i));
  });

  it('draws every order with equal probability', () => {
    const rng = createRng(10);
    const orders = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'];
    expectChiSquare(
      computeChiSquare(6, 30_000, () => orders.indexOf(rng.shuffle(['a', 'b', 'c']).join(''))),
      5,
    );
  });

  it('accepts an empty list', () => expect(createRng(1).shuffle([])).toEqual([]));
});
