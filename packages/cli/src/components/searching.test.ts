import { describe, expect, it } from 'vitest';
import { createComponent } from './create-component.js';
import { parseSpec } from './parse-spec.js';
import { pruners, samplers } from './searching.js';

describe('samplers and pruners', () => {
  it.each([
    ['sampler', 'tpe(rules=hyperopt, candidates=0)', 'candidates'],
    ['sampler', 'tpe(startupTrials=-1)', 'startupTrials'],
    ['sampler', 'tpe(priorWeight=0)', 'priorWeight'],
    ['sampler', 'cma-es(population=1)', 'population'],
    ['sampler', 'cma-es(startupTrials=-1)', 'startupTrials'],
    ['sampler', 'quasi-random(sequence=halton, seed=0.5)', 'seed'],
    ['sampler', 'grid(values={dim=[]})', 'dim'],
    ['pruner', 'median(warmupSteps=-1)', 'warmupSteps'],
    ['pruner', 'percentile(keep=101)', 'keep'],
    ['pruner', 'percentile(keep=50, minimumTrials=0)', 'minimumTrials'],
    ['pruner', 'successive-halving(reductionFactor=1)', 'reductionFactor'],
    ['pruner', 'hyperband(minimumSteps=0)', 'minimumSteps'],
    ['pruner', 'patience(patience=3, pruner=median(intervalSteps=0))', 'intervalSteps'],
    ['pruner', 'wilcoxon(threshold=2)', 'threshold'],
  ] as const)('passes the options of the %s %s', async (kind, text, name) => {
    const message = await createComponent(kind, parseSpec('test', text), '--test').then(
      String,
      (error: Error) => error.message,
    );
    expect(message).toContain(name);
    expect(message).toContain('expected');
  });

  it('have names that their packages understand', async () => {
    for (const [kind, { name }] of [
      ...samplers.map((each) => ['sampler', each] as const),
      ...pruners.map((each) => ['pruner', each] as const),
    ])
      if (!['grid', 'percentile', 'patience'].includes(name))
        expect(await createComponent(kind, { name, options: {} }, '--test')).toHaveProperty('name');
  });
});
