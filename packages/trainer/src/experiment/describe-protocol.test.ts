import type { Json } from '@footlight/core';
import { byUser, dedupe, kFold, leaveLastOut, type Split, windowTargets } from '@footlight/datasets';
import { ndcg, recall } from '@footlight/metrics';
import { popularity } from '@footlight/models';
import { describe, expect, it } from 'vitest';
import { createDataset, createTwoTastes, everySeventh } from '../fixtures.js';
import type { EvaluationSpec } from '../types.js';
import { defineExperiment } from './define-experiment.js';
import {
  combineProtocols,
  compareProtocols,
  describeProtocol,
  omitFingerprints,
  readFingerprints,
} from './describe-protocol.js';

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

  it('changes with the seen-item rule, the rule of ties, the metrics, the split and the filters', () => {
    const filter = { name: 'nothing', protocol: { minimum: 0 }, apply: experiment.dataset.load as never };
    const variants = [
      experiment,
      { ...experiment, seen: 'include' as const },
      { ...experiment, metrics: [recall({ at: 10 })] },
      { ...experiment, split: { ...everySeventh(), protocol: { seed: 7 } } },
      { ...experiment, filters: [filter] },
      { ...experiment, ties: 'lower-id' as const },
      { ...experiment, metrics: [ndcg({ at: 10, ties: 'lower-id' })] },
    ];
    expect(new Set(variants.map((variant) => describeProtocol(variant).hash)).size).toBe(variants.length);
  });
});

describe('fingerprints in protocols', () => {
  const data = { fingerprint: 'a1', orderFingerprint: 'b2' };
  const loaded = describeProtocol(experiment, data);

  it('are fields of the dataset and change the hash', () => {
    expect(loaded.dataset).toEqual({ ...describeProtocol(experiment).dataset, ...data });
    const others = [
      {},
      { fingerprint: 'a2' },
      { ...data, orderFingerprint: 'b3' },
      { ...data, catalogueFingerprint: 'c' },
    ];
    const hashes = [loaded, ...others.map((each) => describeProtocol(experiment, each))].map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(5);
    expect(compareProtocols(loaded, describeProtocol(experiment, { ...data, fingerprint: 'a2' }))).toEqual([
      'dataset.fingerprint: "a1" ≠ "a2"',
    ]);
  });

  it('name the order of rows only where numbers depend on it', () => {
    const describeWith = (split: Json, filter: Json = {}) =>
      readFingerprints(
        describeProtocol(
          {
            ...experiment,
            split: { ...everySeventh(), protocol: { split } },
            filters: [{ name: 'own', protocol: { filter }, apply: (all) => all }],
          },
          data,
        ),
      );
    expect(describeWith({ order: 'source' })).toEqual(data);
    expect(describeWith({ seed: 1 })).toEqual(data); // a split of one's own, which says nothing about it
    expect(describeWith({ order: 'canonical' }, { order: 'source' })).toEqual(data);
    expect(describeWith({ order: 'canonical' }, { order: 'canonical' })).toEqual({ fingerprint: 'a1' });
  });

  it('have the order of rows only if a component follows it', () => {
    const hasOrder = (changes: Partial<EvaluationSpec>) =>
      'orderFingerprint' in describeProtocol({ ...experiment, ...changes }, data).dataset;
    const windows = { length: 3 };
    expect(hasOrder({ split: leaveLastOut() })).toBe(false);
    expect(hasOrder({ split: leaveLastOut({ order: 'source' }) })).toBe(true);
    expect(hasOrder({ split: windowTargets(byUser({ test: 0.2 }), windows), filters: [dedupe()] })).toBe(false);
    expect(hasOrder({ split: windowTargets(byUser({ test: 0.2, order: 'source' }), windows) })).toBe(true);
    expect(hasOrder({ split: windowTargets(byUser({ test: 0.2 }), { ...windows, order: 'source' }) })).toBe(true);
    expect(hasOrder({ split: leaveLastOut(), filters: [dedupe({ order: 'source' })] })).toBe(true);
    expect(hasOrder({ split: kFold({ folds: 2 })[0]!, folds: kFold({ folds: 2 }) as [Split, Split] })).toBe(false);
    expect(hasOrder({ split: everySeventh() })).toBe(true); // names no order
  });

  it('can be read, and omitted to get the protocol that is known before the data are loaded', () => {
    expect(readFingerprints(loaded)).toEqual(data);
    expect(readFingerprints(describeProtocol(experiment))).toEqual({});
    expect(omitFingerprints(loaded)).toEqual(describeProtocol(experiment));
  });

  it('are lists where seeds have different data', () => {
    const other = describeProtocol(experiment, { fingerprint: 'a2' });
    expect(combineProtocols([loaded, loaded])).toBe(loaded);
    const combined = combineProtocols([loaded, other]);
    expect(readFingerprints(combined)).toEqual({ fingerprint: ['a1', 'a2'], orderFingerprint: ['b2', null] });
    expect(combined).toEqual(describeProtocol(experiment, readFingerprints(combined)));
    expect(omitFingerprints(combined)).toEqual(describeProtocol(experiment));
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
