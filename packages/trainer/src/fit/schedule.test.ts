import { describe, expect, it } from 'vitest';
import { constantRate, cosineDecay, stepDecay, warmUp } from './schedule.js';

const epochs = 8;

describe('constantRate', () => {
  it('is 1 throughout', () => expect([0, 3.5, 8].map((at) => constantRate().factor(at, epochs))).toEqual([1, 1, 1]));
});

describe('stepDecay', () => {
  it('multiplies the rate at each interval', () => {
    const { factor, name } = stepDecay({ every: 3, factor: 0.5 });
    expect([0, 2.99, 3, 5.5, 6].map((at) => factor(at, epochs))).toEqual([1, 1, 0.5, 0.5, 0.25]);
    expect(name).toBe('step-decay(3, 0.5)');
  });

  it('refuses factors that do not decay', () => {
    expect(() => stepDecay({ every: 3, factor: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: stepDecay(factor): expected a number in (0, 1], received 1.5.]`,
    );
    expect(() => stepDecay({ every: 0, factor: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: stepDecay(every): expected a positive integer, received 0.]`,
    );
  });
});

describe('cosineDecay', () => {
  it('starts at 1, is halfway in the middle and ends at the floor', () => {
    const { factor } = cosineDecay({ floor: 0.2 });
    expect(factor(0, epochs)).toBe(1);
    expect(factor(4, epochs)).toBeCloseTo(0.6, 12); // 0.2 + 0.8 / 2
    expect(factor(8, epochs)).toBeCloseTo(0.2, 12);
    expect(factor(9, epochs)).toBeCloseTo(0.2, 12);
  });

  it('refuses a floor of 1', () =>
    expect(() => cosineDecay({ floor: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: cosineDecay(floor): expected a number in [0, 1), received 1.]`,
    ));
});

describe('warmUp', () => {
  it('rises linearly, times the other schedule', () => {
    const { factor, name } = warmUp({ epochs: 2, after: stepDecay({ every: 4, factor: 0.1 }) });
    expect([0, 0.5, 2, 4].map((at) => factor(at, epochs))).toEqual([0, 0.25, 1, 0.1]);
    expect(name).toBe('warm-up(2, step-decay(4, 0.1))');
  });

  it('refuses a length of 0', () =>
    expect(() => warmUp({ epochs: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: warmUp(epochs): expected a positive number, received 0.]`,
    ));
});
