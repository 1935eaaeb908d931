import { createRng } from '@footlight/core';
import { createStudy } from '@footlight/studies';
import { describe, expect, it } from 'vitest';
import { testFunctions } from './objectives.js';
import { summarizeRegrets } from './summarize-regrets.js';

describe('summarizeRegrets', () => {
  it('has the median, and a standard error near 1.25 σ / √n for normal values', () => {
    const rng = createRng(1);
    const values = Array.from({ length: 400 }, () => rng.normal());
    const { median, standardError } = summarizeRegrets(values, rng)!;
    expect(Math.abs(median)).toBeLessThan(0.2);
    expect(Math.abs(standardError - 1.2533 / 20)).toBeLessThan(0.025);
    expect(summarizeRegrets([3, 1, 2], rng)!.median).toBe(2);
    expect(summarizeRegrets([], rng)).toBeUndefined();
  });
});

describe('testFunctions', () => {
  it.each([
    ['sphere-5', { x0: 0, x1: 0, x2: 0, x3: 0, x4: 0 }],
    ['branin', { x: Math.PI, y: 2.275 }],
    ['hartmann-6', { x0: 0.20169, x1: 0.150011, x2: 0.476874, x3: 0.275332, x4: 0.311652, x5: 0.6573 }],
    ['rosenbrock-4', { x0: 1, x1: 1, x2: 1, x3: 1 }],
    ['ackley-10', Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`x${at}`, 0]))],
    ['mixed', { x: 1, rate: 0.01, count: 7, kind: 'a' }],
    ['conditional', { rate: 0.01, kind: 'two', y: -1, z: 1 }],
  ] as const)('has the minimum of %s where the literature says', async (name, params) => {
    const study = await createStudy({ name });
    await study.enqueue(params);
    const { compute, minimum } = testFunctions[name]!;
    expect(compute(await study.ask())).toBeCloseTo(minimum, 6);
  });
});
