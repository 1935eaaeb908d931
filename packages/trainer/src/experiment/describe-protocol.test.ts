import { ndcg, recall } from '@footlight/metrics';
import { popularity } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { createDataset, createTwoTastes, everySeventh } from '../fixtures.js';
import { defineExperiment } from './define-experiment.js';
import { compareProtocols, describeProtocol } from './describe-protocol.js';

const experiment = defineExperiment({
  dataset: createDataset(createTwoTastes()),
  split: everySeventh(),
  model: popularity(),
  metrics: [ndcg({ at: 10 })],
  seed: 1,
});

describe('describeProtocol', () => {
  it('does not depend on the seed, the model or published values', () => {
    const { hash } = describeProtocol(experiment);
    expect(describeProtocol({ ...experiment, seed: 2, published: { 'ndcg@10': 0.5 } }).hash).toBe(hash);
    expect(hash).toMatch(/^[0-9a-f]{12}$/);
  });

  it('changes with the seen-item rule, the metrics, the split and the filters', () => {
    const filter = { name: 'nothing', protocol: { minimum: 0 }, apply: experiment.dataset.load as never };
    const variants = [
      experiment,
      { ...experiment, seen: 'include' as const },
      { ...experiment, metrics: [recall({ at: 10 })] },
      { ...experiment, split: { ...everySeventh(), protocol: { seed: 7 } } },
      { ...experiment, filters: [filter] },
    ];
    expect(new Set(variants.map((variant) => describeProtocol(variant).hash)).size).toBe(variants.length);
  });
});

describe('compareProtocols', () => {
  it('returns nothing for equal protocols', () =>
    expect(compareProtocols(describeProtocol(experiment), describeProtocol({ ...experiment }))).toEqual([]));

  it('returns the fields that differ, with both values', () => {
    const other = { ...experiment, seen: 'include' as const, split: { ...everySeventh(), protocol: { seed: 72 } } };
    expect(compareProtocols(describeProtocol(experiment), describeProtocol(other))).toEqual([
      'split.seed: absent ≠ 72',
      'seen: "exclude" ≠ "include"',
    ]);
  });
});
