import { createRng } from '@footlight/core';
import { describe, expect, it } from 'vitest';
import type { Distribution } from '../distributions.js';
import { createParzen } from './parzen.js';
import type { Column } from './trial-columns.js';

const shape = { priorWeight: 1, magicClip: true, endpoints: false };

function createColumn(distribution: Distribution, internal: readonly number[]): Column {
  const log = distribution.kind !== 'categorical' && distribution.log;
  const values = Float64Array.from(internal, (value) => (log ? Math.log(value) : value));
  const order = Int32Array.from(values.keys()).sort((one, other) => values[one]! - values[other]!);
  const sigmas = new Float64Array(values.length).fill(Number.NaN);
  return { values, order, count: values.length, sigmas, constants: new Float64Array(values.length), range: '' };
}

function measure(cases: readonly (readonly [Distribution, readonly number[], readonly number[]])[]): number[] {
  const size = cases[0]![1].length;
  const axes = cases.map(([distribution, observed]) => [distribution, createColumn(distribution, observed)] as const);
  const parzen = createParzen(
    axes,
    Int32Array.from({ length: size }, (_, at) => at),
    weigh(size),
    shape,
  );
  return [...parzen.logDensity(cases.map(([, , samples]) => Float64Array.from(samples)))];
}

/** Optuna's `default_weights`. */
function weigh(size: number): Float64Array {
  const ramp = size - 25;
  return Float64Array.from({ length: size }, (_, at) =>
    at < ramp ? 1 / size + (at * (1 - 1 / size)) / (ramp - 1) : 1,
  );
}

// Values of Optuna 5.0.0: _ParzenEstimator(observations, space, (1.0, True, False, default_weights, True)).log_pdf.
const cases = {
  x: [{ kind: 'float', low: -2, high: 5, log: false, step: null }, [0.1, 3, 2, -1, 2], [0, 4.9]],
  l: [{ kind: 'float', low: 1e-5, high: 1, log: true, step: null }, [0.001, 0.1, 0.5, 1e-4, 0.02], [0.01, 0.9]],
  n: [{ kind: 'integer', low: 1, high: 10, log: false, step: 1 }, [3, 8, 8, 1, 5], [2, 8]],
  m: [{ kind: 'integer', low: 1, high: 32, log: true, step: 1 }, [2, 16, 4, 4, 1], [3, 32]],
  c: [{ kind: 'categorical', choices: ['a', 'b', 'c'] }, [0, 2, 2, 1, 2], [0, 1]],
  s: [{ kind: 'float', low: 0, high: 1, log: false, step: 0.25 }, [0.5, 0, 1, 0.25, 0.75], [0, 0.5]],
} as const;
const expected = {
  x: [-1.92952661391832, -3.042774410929992],
  l: [-2.505697688142572, -2.2885368964818866],
  n: [-2.151632231827279, -2.2163249748357368],
  m: [-2.1905338224258895, -5.6091541114700725],
  c: [-1.349926716949016, -1.349926716949016],
  s: [-1.7212380587978242, -1.5377107574325657],
};

describe('createParzen', () => {
  it.each(Object.keys(cases) as (keyof typeof cases)[])('has the density of Optuna for %s', (name) => {
    for (const [at, value] of measure([cases[name]]).entries()) expect(value).toBeCloseTo(expected[name][at]!, 10);
  });

  it('has the density of Optuna for all of them together', () => {
    // Without equal observations: their order is not defined in Optuna.
    const distinct = { ...cases, x: [0.1, 3, 2, -1, 2.5], n: [3, 8, 7, 1, 5], m: [2, 16, 4, 8, 1] };
    const axes = Object.entries(cases).map(([name, [distribution, observed, samples]]) => {
      const other = distinct[name as 'x' | 'n' | 'm'];
      return [distribution, typeof other[0] === 'number' ? (other as number[]) : observed, samples] as const;
    });
    const [one, other] = measure(axes) as [number, number];
    expect(one).toBeCloseTo(-11.645903083094609, 9);
    expect(other).toBeCloseTo(-15.85511620243358, 9);
  });

  it('has the density of Optuna for 40 observations, whose weights rise', () => {
    const observed = [
      1.842, 3.006, 2.219, 1.814, 0.966, 2.521, 1.063, 4.242, 4.746, 0.684, 3.542, 1.702, 1.976, 4.479, -1.503, -1.39,
      -1.858, 3.828, 3.447, 4.09, 4.85, 3.594, 1.23, 3.464, -1.172, 2.479, -0.997, 4.613, 1.653, 0.903, -0.148, 3.42,
      1.193, 1.979, -1.868, 2.323, 2.285, 2.319, 4.606, 2.773,
    ];
    const [one, other] = measure([[cases.x[0], observed, [0, 4.9]]]) as [number, number];
    expect(one).toBeCloseTo(-3.4033759292519057, 10);
    expect(other).toBeCloseTo(-1.8442190443823234, 10);
  });

  it('has the density of a range of 2⁵⁴ integers: that of the numbers between', () => {
    const [low, high] = [-Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
    const observed = [-4e15, 5e15, 1e15];
    const samples = [-4e15, 0, 8e15];
    const integers = measure([[{ kind: 'integer', low, high, log: false, step: 1 }, observed, samples]]);
    const floats = measure([[{ kind: 'float', low, high, log: false, step: null }, observed, samples]]);
    for (const [at, log] of integers.entries()) expect(log).toBeCloseTo(floats[at]!, 9);
  });

  it('samples its own density: the mean of 1/p over samples is the length of the range', () => {
    const [distribution, observed] = cases.x;
    const parzen = createParzen(
      [[distribution, createColumn(distribution, observed)]],
      Int32Array.of(0, 1, 2, 3, 4),
      weigh(5),
      shape,
    );
    const samples = parzen.sample(createRng(7), 20_000);
    const inverse = parzen.logDensity(samples).map((log) => Math.exp(-log));
    const mean = inverse.reduce((sum, each) => sum + each, 0) / inverse.length;
    expect(Math.abs(mean - 7)).toBeLessThan(0.2);
  });
});
