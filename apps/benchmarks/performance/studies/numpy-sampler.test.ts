import { readFileSync } from 'node:fs';
import type { TpeOptions } from '@footlight/studies';
import { describe, expect, it } from 'vitest';
import { difficultSearches } from './difficult-objectives.fixture.js';
import { numpySampler } from './numpy-sampler.js';
import { testFunctions } from './objectives.js';
import { runSearch } from './run-search.js';

interface LastTrial {
  readonly name: string;
  readonly rules: NonNullable<TpeOptions['rules']>;
  readonly workers: number;
  readonly params: Readonly<Record<string, unknown>>;
}

// Made by reference/studies.py with Optuna 5.0.0. A trial follows from all earlier ones, so that the last one stands
// for all of them.
const lastTrials = JSON.parse(readFileSync(`${import.meta.dirname}/last-trials.json`, 'utf8')) as readonly LastTrial[];
const isAll = process.env['FOOTLIGHT_TEST_SUITE'] === 'all';
/** Without the whole suite: eight at once, of the presets one function. */
const chosen = lastTrials.filter(
  ({ name, rules, workers }) => isAll || (workers === 8 && (rules === 'optuna-5' || name === 'conditional')),
);

describe('tpeSampler with the random numbers of Optuna', () => {
  it.each(chosen)('has trial 100 of Optuna: $name, $rules, $workers at once', { timeout: 60_000 }, async (last) => {
    const { compute, directions, options } = difficultSearches[last.name] ?? {
      compute: testFunctions[last.name]!.compute,
    };
    const study = await runSearch(numpySampler(0, { rules: last.rules, ...options }), compute, {
      workers: last.workers,
      directions,
    });
    const expected = Object.entries(last.params).map(([name, value]) => [
      name,
      typeof value === 'number' && !Number.isInteger(value) ? expect.closeTo(value, 9) : value,
    ]);
    expect(study.trials.at(-1)!.params).toEqual(Object.fromEntries(expected));
  });
});
