import { describe, expect, it } from 'vitest';
import { formatCount } from './format-count.js';

describe('formatCount', () => {
  it('has the singular for one', () => {
    expect([0, 1, 2].map((count) => formatCount(count, 'trial'))).toEqual(['0 trials', '1 trial', '2 trials']);
    expect([1, 3].map((count) => formatCount(count, 'study', 'studies'))).toEqual(['1 study', '3 studies']);
  });
});
