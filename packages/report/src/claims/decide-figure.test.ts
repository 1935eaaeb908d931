import { describe, expect, it } from 'vitest';
import { computeRounding, decideFigure } from './decide-figure.js';
import { seeds } from './seeds.fixture.js';

describe('decideFigure', () => {
  it('holds where the mean rounds to the figure', () => {
    const one = { mean: 0.1149, standardError: 0, values: [0.1149] };
    expect(decideFigure('mrr', one, '0.11').decision).toBe('holds');
    expect(decideFigure('mrr', { ...one, mean: 0.115, values: [0.115] }, '0.11').decision).toBe('holds');
    expect(decideFigure('mrr', { ...one, mean: 0.1151 }, '0.11').decision).toBe('does not hold');
    expect(decideFigure('mrr', { ...one, mean: 0.1101 }, '0.110').decision).toBe('holds');
    expect(decideFigure('mrr', { ...one, mean: 0.1106 }, '0.110').decision).toBe('does not hold');
  });

  it('holds within the interval of one run over seeds: 4.303 · s · √(1 + 1/3)', () => {
    const ours = { ...seeds(0.49, 0.5, 0.51), userError: null }; // s = 0.01: 0.5 ± 0.0497
    expect(decideFigure('mrr', ours, '0.5490').decision).toBe('holds');
    expect(decideFigure('mrr', ours, '0.5500').decision).toBe('does not hold');
    expect(decideFigure('mrr', ours, '0.5500').seeds![1]).toBeCloseTo(0.54969, 5);
  });

  it('cannot tell by runs that differ by more than the figure', () => {
    const ours = seeds(0.1, 0.3, 0.5); // s = 0.2: 0.3 ± 0.99
    expect(decideFigure('mrr', ours, '0.9').decision).toBe('cannot be told');
    expect(decideFigure('mrr', ours, '0.3').decision).toBe('holds');
    expect(decideFigure('mrr', ours, '1.4').decision).toBe('does not hold');
  });

  it('cannot tell what other users could explain, and needs an interval', () => {
    const ours = { ...seeds(0.49, 0.5, 0.51), userError: 0.05 }; // √(0.0497² + 0.098²) = 0.1099
    expect(decideFigure('mrr', ours, '0.6090').decision).toBe('cannot be told');
    expect(decideFigure('mrr', ours, '0.6110').decision).toBe('does not hold');
    expect(decideFigure('mrr', { mean: 0.5, standardError: null, values: [0.5] }, '0.6').decision).toBe(
      'cannot be told',
    );
  });

  it('takes bounds from below, and of errors from above', () => {
    const ours = seeds(0.49, 0.5, 0.51);
    expect(decideFigure('mrr', ours, '0.45', 'at least').decision).toBe('holds');
    expect(decideFigure('mrr', ours, '0.48', 'at least').decision).toBe('cannot be told');
    expect(decideFigure('mrr', ours, '0.56', 'at least').decision).toBe('does not hold');
    expect(decideFigure('rmse', ours, '0.56', 'at least').decision).toBe('holds');
  });

  it('knows the numbers that round to a figure', () => {
    expect(computeRounding('0.110')[0]).toBeCloseTo(0.1095, 8);
    expect(computeRounding('2.5e-3')[1]).toBeCloseTo(0.00255, 8);
    expect(computeRounding('−3')[0]).toBeCloseTo(-3.5, 6);
  });
});
