import { describe, expect, it } from 'vitest';
import { memoryLog } from '../log/memory-log.js';
import { createStudy } from '../study.js';
import type { Trial } from '../trial.js';
import { countGrid, gridSampler } from './grid.js';

const space = { dim: [16, 32, 64], kind: ['a', 'b'] };
const objective = (trial: Trial): number =>
  trial.integer('dim', { low: 8, high: 64 }) + trial.categorical('kind', ['a', 'b', 'c']).length;

describe('gridSampler', () => {
  it('takes every combination once, with several workers and after a restart', async () => {
    const log = memoryLog();
    for (const trials of [4, 2]) {
      const study = await createStudy({ name: 'a', log, sampler: gridSampler(space) });
      await study.optimize(objective, { trials, workers: 3 });
    }
    const { trials } = await createStudy({ name: 'a', log });
    const combinations = trials.map(({ params }) => `${params.dim} ${params.kind}`);
    expect(combinations.sort()).toEqual(['16 a', '16 b', '32 a', '32 b', '64 a', '64 b']);
    expect(countGrid(space)).toBe(6);
  });

  it('repeats a combination that failed', async () => {
    const study = await createStudy({ name: 'a', sampler: gridSampler({ dim: [16, 32] }) });
    const first = await study.ask();
    const failed = first.integer('dim', { low: 8, high: 64 });
    await study.tell(first, { failed: 'no memory' });
    const rest = [];
    for (let at = 0; at < 2; at++) {
      const trial = await study.ask();
      rest.push(trial.integer('dim', { low: 8, high: 64 }));
      await study.tell(trial, 1);
    }
    expect(rest.includes(failed)).toBe(true);
    expect(rest.sort()).toEqual([16, 32]);
  });

  it('refuses empty values, names that it does not have, and values outside of the range', async () => {
    expect(() => gridSampler({ dim: [] })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gridSampler(dim): expected at least one value, received none.]`,
    );
    const study = await createStudy({ name: 'a', sampler: gridSampler({ dim: [100] }) });
    const trial = await study.ask();
    expect(() => trial.float('rate', { low: 0, high: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gridSampler(rate): expected one of dim, received rate. Add its values to the grid.]`,
    );
    expect(() => trial.integer('dim', { low: 8, high: 64 })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: gridSampler(dim): expected values within the range of the parameter, received 100.]`,
    );
  });
});
