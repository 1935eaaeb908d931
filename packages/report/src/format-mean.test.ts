import { describe, expect, it } from 'vitest';
import { formatStandardError, formatWithError, formatWithNamedError } from './format-mean.js';

describe('formatStandardError', () => {
  it('shows errors that four digits would hide', () => {
    expect([0.00123, 0.00004, 1e-13].map(formatStandardError)).toEqual(['0.0012', '0.00004', '0']);
  });
});

describe('formatWithError', () => {
  it('has no error where it is undefined', () => {
    expect(formatWithError({ mean: 0.5, standardError: null, values: [0.5] })).toBe('0.5000');
    expect(formatWithError({ mean: 0.5, standardError: 0.01, values: [0.5] })).toBe('0.5000 ± 0.0100');
  });
});

describe('formatWithNamedError', () => {
  it('says what the error is over', () => {
    const result = { mean: 0.5, standardError: 0.01 };
    expect(formatWithNamedError('mrr', { ...result, values: [0.4, 0.6] })).toBe('0.5000 ± 0.0100 over seeds');
    expect(formatWithNamedError('mrr', { ...result, values: [0.5] })).toBe('0.5000 ± 0.0100 over users');
    expect(formatWithNamedError('rmse', { ...result, values: [0.5] })).toBe('0.5000 ± 0.0100 over ratings');
  });
});
