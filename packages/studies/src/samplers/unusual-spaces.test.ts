import { describe, expect, it } from 'vitest';
import type { Objective } from '../optimize.js';
import { createStudy } from '../study.js';
import type { Sampler } from '../types.js';
import { cmaEsSampler } from './cma-es.js';
import { quasiRandomSampler } from './quasi-random.js';
import { randomSampler } from './random.js';
import { tpeSampler } from './tpe.js';

const samplers: readonly (readonly [string, () => Sampler])[] = [
  ['tpe', () => tpeSampler()],
  ['tpe with groups', () => tpeSampler({ group: true })],
  ['tpe as HyperOpt', () => tpeSampler({ rules: 'hyperopt' })],
  ['cma-es', () => cmaEsSampler()],
  ['random', () => randomSampler()],
  ['quasi-random', () => quasiRandomSampler()],
];

async function search(sampler: Sampler, objective: Objective) {
  const study = await createStudy({ name: 'unusual', sampler, seed: 1 });
  await study.optimize(objective, { trials: 40 });
  return study;
}

describe.each(samplers)('%s', (_name, createSampler) => {
  it('stays within ranges of one value, of steps, of 600 decades and of 2⁵⁴ integers', async () => {
    const choices = [null, true, 1.5, '1', 0] as const;
    const study = await search(createSampler(), (trial) => {
      const one = trial.float('one', { low: 2, high: 2 });
      const x = trial.float('x', { low: 0, high: 1, step: 0.3 });
      const n = trial.integer('n', { low: 1, high: 10, step: 4 });
      const y = trial.float('y', { low: 1e-300, high: 1e300, log: true });
      const big = trial.integer('big', { low: -Number.MAX_SAFE_INTEGER, high: Number.MAX_SAFE_INTEGER });
      const kind = trial.categorical('kind', choices);
      return one + x + n + Math.abs(Math.log10(y)) + Math.abs(big) / 2 ** 53 + choices.indexOf(kind);
    });
    for (const { params } of study.trials) {
      expect(params.one).toBe(2);
      expect([0, 0.3, 0.6, 0.9]).toContain(params.x);
      expect([1, 5, 9]).toContain(params.n);
      expect(params.y).toBeGreaterThanOrEqual(1e-300);
      expect(params.y).toBeLessThanOrEqual(1e300);
      expect(Number.isSafeInteger(params.big)).toBe(true);
      expect(choices).toContain(params.kind);
    }
  });

  it('searches on where values are infinite or NaN', async () => {
    const study = await search(createSampler(), (trial) => {
      const x = trial.float('x', { low: -5, high: 5 });
      return x > 3 ? Number.NaN : x > 1 ? Infinity : x < -4 ? -Infinity : x * x;
    });
    expect(study.trials.every(({ params }) => Math.abs(params.x as number) <= 5)).toBe(true);
    expect(study.trials.filter(({ state }) => state === 'failed').length).toBeGreaterThan(0);
  });

  it('searches on where every trial was pruned', async () => {
    const study = await search(createSampler(), (trial) => {
      trial.report(trial.float('x', { low: -5, high: 5 }) ** 2, 0);
      return trial.prune();
    });
    expect(study.trials.every(({ state }) => state === 'pruned')).toBe(true);
  });

  it('follows ranges that change, and parameters that appear at times', async () => {
    const study = await search(createSampler(), (trial) => {
      const high = trial.number < 20 ? 5 : 2;
      const y = trial.number % 3 === 0 ? trial.integer('y', { low: 1, high }) : 0;
      return trial.float('x', { low: -high, high }) ** 2 + y;
    });
    for (const { params, number } of study.trials) {
      expect(Math.abs(params.x as number)).toBeLessThanOrEqual(number < 20 ? 5 : 2);
      expect('y' in params).toBe(number % 3 === 0);
      if (number >= 20 && number % 3 === 0) expect(params.y).toBeLessThanOrEqual(2);
    }
  });
});
