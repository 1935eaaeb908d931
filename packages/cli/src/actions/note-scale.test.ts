import { describe, expect, it } from 'vitest';
import { isOutside } from './note-scale.js';

describe('isOutside', () => {
  it('compares in single precision', () => {
    expect([0.1, Math.fround(0.1), 4.9, Math.fround(4.9)].map((rating) => isOutside(rating, [0.1, 4.9]))).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect([0.099, 4.901].map((rating) => isOutside(rating, [0.1, 4.9]))).toEqual([true, true]);
    expect(isOutside(1e9)).toBe(false);
  });
});
