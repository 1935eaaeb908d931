import { describe, expect, it } from 'vitest';
import { createStudy } from '../study.js';
import type { Trial } from '../trial.js';
import { quasiRandomSampler } from './quasi-random.js';

const objective = (trial: Trial): number =>
  trial.float('x', { low: 0, high: 1 }) +
  trial.float('y', { low: 0, high: 1 }) +
  trial.categorical('c', ['a', 'b']).length;

describe('quasiRandomSampler', () => {
  it.each(['sobol', 'halton'] as const)('fills the space evenly with %s points', async (sequence) => {
    const study = await createStudy({ name: 'a', sampler: quasiRandomSampler({ sequence }) });
    await study.optimize(objective, { trials: 65, workers: 4 });
    // The trials that began before any had named its parameters are random; then each half of a range has 32 ± few.
    const rest = study.trials.slice(1);
    for (const name of ['x', 'y']) {
      const low = rest.filter(({ params }) => (params[name] as number) < 0.5).length;
      expect(Math.abs(low - 32)).toBeLessThanOrEqual(4);
    }
    expect(Math.abs(rest.filter(({ params }) => params.c === 'a').length - 32)).toBeLessThanOrEqual(4);
  });

  it('has the points of the sequence without scrambling', async () => {
    const study = await createStudy({ name: 'a', sampler: quasiRandomSampler({ scramble: false }) });
    await study.optimize(objective, { trials: 5 });
    const points = study.trials.slice(1).map(({ params: { c, x, y } }) => [c, x, y]);
    expect(points).toEqual([
      ['a', 0, 0],
      ['b', 0.5, 0.5],
      ['b', 0.25, 0.25],
      ['a', 0.75, 0.75],
    ]);
  });

  it('refuses an unknown sequence', () => {
    expect(() => quasiRandomSampler({ sequence: 'faure' as 'sobol' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: quasiRandomSampler(sequence): expected sobol or halton, received faure.]`,
    );
  });
});
