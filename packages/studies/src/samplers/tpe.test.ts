import { describe, expect, it } from 'vitest';
import { mixed, parabola } from '../study.fixture.js';
import { createStudy } from '../study.js';
import { randomSampler } from './random.js';
import { collectBest } from './samplers.fixture.js';
import { tpeSampler } from './tpe.js';

describe('tpeSampler', () => {
  it.each([
    ['Optuna 5', () => tpeSampler()],
    ['Optuna 4', () => tpeSampler({ rules: 'optuna-4' })],
    ['HyperOpt', () => tpeSampler({ rules: 'hyperopt' })],
    ['groups', () => tpeSampler({ group: true })],
  ] as const)('is ahead of random search with the rules of %s', async (_name, createSampler) => {
    const [ours, random] = [
      await collectBest(createSampler, mixed, 60, 5),
      await collectBest(randomSampler, mixed, 60, 5),
    ];
    expect(ours[2]!).toBeLessThan(random[2]!);
  });

  it('keeps workers apart: running trials count as bad ones', async () => {
    const spread = async (constantLiar: boolean) => {
      const study = await createStudy({ name: 'a', seed: 5, sampler: tpeSampler({ constantLiar }) });
      await study.optimize(parabola, { trials: 30 });
      const trials = [];
      for (let at = 0; at < 8; at++) trials.push(await study.ask());
      const points = trials.map((trial) => [
        trial.float('x', { low: -5, high: 5 }),
        trial.float('y', { low: -5, high: 5 }),
      ]);
      const nearest = points.map(([x, y], at) =>
        Math.min(...points.flatMap(([a, b], other) => (other === at ? [] : [Math.hypot(x! - a!, y! - b!)]))),
      );
      return nearest.reduce((sum, each) => sum + each, 0) / nearest.length;
    };
    expect(await spread(true)).toBeGreaterThan(await spread(false));
  });

  it('writes the joint proposal of a running trial as Optuna reads it', async () => {
    const study = await createStudy({ name: 'a' });
    await study.optimize(mixed, { trials: 12 });
    const { number } = await study.ask();
    const proposal = JSON.parse(study.trials[number]!.systemAttributes['tpe:relative_params:0'] as string);
    expect(Object.keys(proposal).sort()).toEqual(['dim', 'dropout', 'kind', 'rate']);
    expect(['mlp', 'lstm']).toContain(proposal.kind);
  });

  it('is random before its first trials have ended, as the random sampler with the same seed', async () => {
    const studies = await Promise.all(
      [tpeSampler(), randomSampler()].map((sampler) => createStudy({ name: 'a', seed: 9, sampler })),
    );
    for (const study of studies) await study.optimize(parabola, { trials: 10 });
    expect(studies[0]!.trials.map(({ params }) => params)).toEqual(studies[1]!.trials.map(({ params }) => params));
  });

  it('refuses unknown rules', () => {
    expect(() => tpeSampler({ rules: 'optuna-9' as 'optuna-5' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: tpeSampler(rules): expected optuna-5, optuna-4, hyperopt, received optuna-9.]`,
    );
    expect(() => tpeSampler({ good: 'half' as 'tenth' })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: tpeSampler(good): expected tenth or root, received half.]`,
    );
  });
});
