import { describe, expect, it } from 'vitest';
import { computeSpread, formatSpread } from './spread.js';

describe('computeSpread', () => {
  it('takes the middle value, or the mean of the two in the middle', () => {
    expect(computeSpread([4, 1, 100])).toEqual({ median: 4, smallest: 1, largest: 100 });
    expect(computeSpread([1, 2, 4, 100])).toEqual({ median: 3, smallest: 1, largest: 100 });
  });
});

describe('formatSpread', () => {
  it('shows the range in brackets', () =>
    expect(formatSpread({ median: 0.41, smallest: 0.39, largest: 0.45 }, String)).toBe('0.41 (0.39–0.45)'));
});
