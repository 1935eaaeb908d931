import { expect } from 'vitest';

/** Expects numbers to agree: |a − b| ≤ tolerance · max(1, |b|) for every entry. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5): void {
  expect(actual.length).toBe(expected.length);
  for (let at = 0; at < expected.length; at++) {
    const distance = Math.abs(actual[at]! - expected[at]!);
    if (!(distance <= tolerance * Math.max(1, Math.abs(expected[at]!))))
      expect.fail(`entry ${at}: expected ${expected[at]}, received ${actual[at]} (tolerance ${tolerance})`);
  }
}
