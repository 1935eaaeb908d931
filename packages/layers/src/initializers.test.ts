import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import { drawVariable, fanInUniform, glorotNormal, glorotUniform, normal, uniform, zeros } from './initializers.js';

const shape = [61, 97];

function computeMoments(values: Float32Array): { mean: number; deviation: number; largest: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return {
    mean,
    deviation: Math.sqrt(variance),
    largest: values.reduce((most, value) => Math.max(most, Math.abs(value)), 0),
  };
}

// 5917 numbers: the mean is within 4 deviations / √5917 ≈ 0.052 deviations of its own, the deviation within 4 %.
describe.each([
  { name: 'normal', initializer: normal({ deviation: 0.3, mean: 2 }), mean: 2, deviation: 0.3 },
  { name: 'uniform', initializer: uniform({ low: -1, high: 3 }), mean: 1, deviation: 4 / Math.sqrt(12) },
  { name: 'glorotUniform', initializer: glorotUniform(), mean: 0, deviation: Math.sqrt(2 / (61 + 97)) },
  { name: 'glorotNormal', initializer: glorotNormal(), mean: 0, deviation: Math.sqrt(2 / (61 + 97)) },
  { name: 'fanInUniform', initializer: fanInUniform(), mean: 0, deviation: 1 / Math.sqrt(61) / Math.sqrt(3) },
])('$name', ({ initializer, mean, deviation }) => {
  it('has the mean and standard deviation of its distribution', () => {
    const drawn = computeMoments(initializer.draw(shape, createRng(5)));
    expect(Math.abs(drawn.mean - mean)).toBeLessThan(0.052 * deviation);
    expect(Math.abs(drawn.deviation / deviation - 1)).toBeLessThan(0.04);
  });

  it('draws the same numbers for the same seed and other numbers for another seed', () => {
    expect(initializer.draw(shape, createRng(5))).toEqual(initializer.draw(shape, createRng(5)));
    expect(initializer.draw(shape, createRng(6))).not.toEqual(initializer.draw(shape, createRng(5)));
  });
});

describe('initializers', () => {
  it('draw within the bound of the paper', () => {
    const { largest } = computeMoments(glorotUniform().draw(shape, createRng(5)));
    expect(largest).toBeLessThanOrEqual(Math.fround(Math.sqrt(6 / (61 + 97))));
  });

  it('multiply fan-in and fan-out by the size of the window of a convolution', () => {
    const { largest } = computeMoments(fanInUniform().draw([3, 61, 97], createRng(5)));
    expect(largest).toBeLessThanOrEqual(Math.fround(1 / Math.sqrt(3 * 61)));
    expect(largest).toBeGreaterThan(0.99 / Math.sqrt(3 * 61));
  });

  it('draw only zeros with zeros()', () => expect([...zeros().draw([2, 2], createRng(5))]).toEqual([0, 0, 0, 0]));

  it('set the first values of variables', () => {
    const variable = drawVariable([3, 2], normal({ deviation: 1 }), createRng(5));
    expect([variable.shape, variable.dataSync()]).toEqual([
      [3, 2],
      normal({ deviation: 1 }).draw([3, 2], createRng(5)),
    ]);
  });

  it('reject options that define no distribution', () => {
    expect(() => normal({ deviation: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: normal(deviation): expected a finite number from 0, received -1.]`,
    );
    expect(() => uniform({ low: 1, high: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: uniform(low, high): expected low below high, received 1 and 1.]`,
    );
    expect(() => glorotUniform().draw([5], createRng(5))).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: initializer(shape): expected at least the axes [input, output], received [5]. Initialize a bias with zeros() or normal().]`,
    );
  });
});
