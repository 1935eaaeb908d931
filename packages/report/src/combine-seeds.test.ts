import { describe, expect, it } from 'vitest';
import { combineSeeds } from './combine-seeds.js';
import type { SeedResult } from './result.js';
import { createSeedResult as run } from './seed-result.fixture.js';

describe('combineSeeds', () => {
  it('computes mean and standard error over seeds', () => {
    const { metrics, seeds, seconds } = combineSeeds('talk/a', [
      run(5, 0.1, 9, 2),
      run(6, 0.2, 9, 4),
      run(7, 0.6, 9, 6),
    ]);
    // mean 0.9 / 3 = 0.3; squares 0.04 + 0.01 + 0.09 = 0.14; sqrt(0.14 / (3 · 2)) = 0.15275…
    expect(metrics.mrr!.mean).toBeCloseTo(0.3, 12);
    expect(metrics.mrr!.standardError).toBeCloseTo(0.152752523, 8);
    expect(metrics.mrr!.values).toEqual([0.1, 0.2, 0.6]);
    expect(metrics.mrr!.userError).toBe(9);
    expect(seeds).toEqual([5, 6, 7]);
    expect(seconds).toEqual({ load: 1, train: 4, evaluate: 2 });
  });

  it('takes the standard error over users with one seed, and null where it is undefined', () => {
    expect(combineSeeds('talk/a', [run(5, 0.1, 0.03)]).metrics.mrr).toEqual({
      mean: 0.1,
      standardError: 0.03,
      values: [0.1],
    });
    expect(combineSeeds('talk/a', [run(5, 0.1, Number.NaN)]).metrics.mrr!.standardError).toBeNull();
  });
});

describe('combineSeeds with a validation part', () => {
  const validated = (seed: number, mean: number): SeedResult => ({
    ...run(seed, 0.1, 0.03),
    validationMetrics: { mrr: { mean, standardError: 0.05, count: 3 } },
    publishedValidation: { mrr: 0.3 },
  });

  it('combines the metrics of both parts', () => {
    const { validation, publishedValidation, metrics } = combineSeeds('talk/a', [validated(5, 0.2), validated(6, 0.4)]);
    expect(validation!['mrr']!.mean).toBeCloseTo(0.3, 12);
    expect(validation!['mrr']!.values).toEqual([0.2, 0.4]);
    expect(metrics['mrr']!.values).toEqual([0.1, 0.1]);
    expect(publishedValidation).toEqual({ mrr: 0.3 });
  });

  it('has none if a run lacks it', () => {
    expect(combineSeeds('talk/a', [validated(5, 0.2), run(6, 0.4, 0.03)]).validation).toBeUndefined();
  });
});
