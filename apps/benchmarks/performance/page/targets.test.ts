import { describe, expect, it } from 'vitest';
import { compareWithTarget, formatTarget, isAboveTarget } from './targets.js';

const ratio = (median: number) => ({ median, smallest: 0.1, largest: 2 });

describe('compareWithTarget', () => {
  it('compares the median ratio, without rounding, with the target', () => {
    expect(compareWithTarget({ ratio: ratio(0.33), maxRatio: 0.33 })).toBe('reached');
    expect(compareWithTarget({ ratio: ratio(0.3301), maxRatio: 0.33 })).toBe('missed');
  });

  it('tells cases without peers from cases without a target', () => {
    expect(compareWithTarget({ maxRatio: 0.33 })).toBe('unknown');
    expect(compareWithTarget({ ratio: ratio(3) })).toBeUndefined();
  });
});

describe('formatTarget', () => {
  it('names a missed target, and one that nothing was compared with', () => {
    expect(formatTarget('0.33', 'reached')).toBe('0.33');
    expect(formatTarget('0.33', 'missed')).toBe('0.33, **missed**');
    expect(formatTarget('0.33', 'unknown')).toBe('0.33, not compared');
  });
});

describe('isAboveTarget', () => {
  it('is true for more bytes than allowed', () => {
    expect([isAboveTarget({ bytes: 600, maxBytes: 600 }), isAboveTarget({ bytes: 601, maxBytes: 600 })]).toEqual([
      false,
      true,
    ]);
  });
});
