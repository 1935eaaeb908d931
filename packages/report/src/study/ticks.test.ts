import { describe, expect, it } from 'vitest';
import { createAxis, createCountAxis } from './ticks.js';

const label = (...[low, high, scale]: [number, number, ('linear' | 'log')?]): string[] => {
  const { ticks, format } = createAxis('value', low, high, scale);
  return ticks!.map(format!);
};

describe('createAxis', () => {
  it('has round ticks with as many digits as tell them apart', () => {
    expect(label(0, 1)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1.0']);
    expect(label(0.4116, 0.4123)).toEqual([
      '0.4116',
      '0.4117',
      '0.4118',
      '0.4119',
      '0.4120',
      '0.4121',
      '0.4122',
      '0.4123',
    ]);
    expect(label(-30, 30)).toEqual(['-30', '-20', '-10', '0', '10', '20', '30']);
    expect(label(0, 3e7)).toEqual(['0', '5e6', '1e7', '1.5e7', '2e7', '2.5e7', '3e7']);
  });

  it('has powers of ten on a logarithmic scale, and finer ticks in a short range', () => {
    expect(label(1e-5, 1, 'log')).toEqual(['1e-5', '0.0001', '0.001', '0.01', '0.1', '1']);
    expect(label(1e-12, 1, 'log')).toEqual(['1e-12', '1e-9', '1e-6', '0.001', '1']);
    expect(label(16, 256, 'log')).toEqual(['20', '50', '100', '200']);
  });

  it('widens a range of one value, and bounds the largest numbers', () => {
    expect(createAxis('value', 5, 5).domain).toEqual([4.5, 5.5]);
    expect(createAxis('value', 0, 0).domain).toEqual([-1, 1]);
    expect(createAxis('value', 3, 3, 'log').domain).toEqual([1.5, 6]);
    for (const axis of [createAxis('value', -1.7e308, 1.7e308), createAxis('value', 1e15, 1e15 + 2)])
      for (const tick of axis.ticks!) expect(Number.isFinite(tick)).toBe(true);
  });
});

describe('createCountAxis', () => {
  it('has integers only', () => {
    expect(createCountAxis('trial', 2).ticks).toEqual([0, 1, 2]);
    expect(createCountAxis('trial', 0)).toMatchObject({ domain: [0, 1], ticks: [0, 1] });
  });
});
