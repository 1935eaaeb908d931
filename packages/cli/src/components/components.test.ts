import { tmpdir } from 'node:os';
import * as datasets from '@footlight/datasets';
import * as layers from '@footlight/layers';
import * as losses from '@footlight/losses';
import * as metrics from '@footlight/metrics';
import * as models from '@footlight/models';
import * as studies from '@footlight/studies';
import { describe, expect, it } from 'vitest';
import { findModel } from '../actions/find-model.js';
import type { ComponentEntry, Kind, OptionEntry } from './component.js';
import { components } from './components.js';
import { createComponent } from './create-component.js';
import { parseSpec, type Spec } from './parse-spec.js';

/** Exports of the packages that are functions, but no components of a kind that the command line names. */
const others = {
  datasets: [
    ...['basketBatches', 'pairBatches', 'sequenceBatches', 'subsequenceBatches', 'toBaskets', 'windows'],
    ...['countTargets', 'fingerprintInPieces', 'fingerprintInteractions', 'joinValidation', 'toCanonicalOrder'],
    ...['groupByUser', 'groupByUserInTime', 'readFeatureNames', 'reindex', 'selectRows'],
    ...['listDownloads', 'resolveArchiveDirectory'],
    // Sources: the command line reads tables; experiments choose sources in their files.
    ...['amazonCoPurchases', 'amazonReviews', 'countingSequences', 'goodbooks', 'markovSequences'],
    ...[
      'inMemory',
      'interactionLists',
      'itemFeatures',
      'itemVectors',
      'userFeatures',
      'movielens',
      'rows',
      'gowalla',
      's3rec',
      'syntheticInteractions',
      'table',
      'trainAndTest',
    ],
    // Exports of the interactions as a sparse matrix.
    ...['toCoo', 'toCsr', 'toNpy', 'toNpz'],
  ],
  metrics: ['bootstrapInterval', 'comparePaired', 'rankQuery', 'summarize', 'topK'],
  losses: ['comparesScores', 'declareComparison', 'findCandidateLoss', 'findFormula'],
  models: ['formatSummary', 'summarizeModel', 'summarizeParameters'],
};

const listFunctions = (exports: object, without: readonly string[]) =>
  Object.entries(exports)
    .filter(([name, value]) => typeof value === 'function' && !without.includes(name))
    .map(([name]) => name)
    .sort();
const listExported = (...kinds: Kind[]) =>
  kinds.flatMap((kind) => components[kind].map(({ exported }) => exported)).sort();

describe('components', () => {
  it('lists every model, loss, metric, split, filter, sampler and embedding that the packages export', () => {
    expect(listExported('model')).toEqual(listFunctions(models, others.models));
    expect(listExported('loss')).toEqual(listFunctions(losses, others.losses));
    expect(listExported('metric')).toEqual(listFunctions(metrics, others.metrics));
    expect(listExported('split', 'filter', 'negatives', 'scale')).toEqual(listFunctions(datasets, others.datasets));
    expect(listExported('sampler', 'pruner')).toEqual(
      listFunctions(studies, []).filter((name) => /(Sampler|Pruner)$/.test(name)),
    );
    expect(listExported('embedding')).toEqual(listFunctions(layers, []).filter((name) => name.endsWith('Embeddings')));
  });

  const all = Object.entries(components).flatMap(([kind, entries]) =>
    entries.map((entry) => [kind as Kind, entry] as const),
  );

  /** Samplers and pruners of studies have no protocol: the numbers of a trial do not depend on them. */
  function listWithProtocols() {
    return all.filter(([kind]) => kind !== 'sampler' && kind !== 'pruner');
  }

  it.each(all.map(([kind, entry]) => [kind, entry.name, entry] as const))(
    'creates the %s %s',
    async (kind, _, entry) => {
      expect(await describeCreated(kind, createSpec(entry))).toBeTruthy();
    },
  );

  it.each(
    listWithProtocols().flatMap(([kind, entry]) =>
      entry.options.map((option) => [kind, entry.name, option.name, entry, option] as const),
    ),
  )('passes the option of the %s %s: %s', async (kind, _, name, entry, option) => {
    const spec = createSpec(entry);
    const changed = { ...spec, options: { ...spec.options, [name]: chooseValue(entry, option) } };
    expect(await describeCreated(kind, changed)).not.toEqual(await describeCreated(kind, spec));
  });

  it.each(
    all
      .filter(([kind]) => kind === 'model')
      .flatMap(([, entry]) =>
        [undefined, ...entry.options].map((option) => [entry.name, option?.name, entry, option] as const),
      ),
  )('finds the model of an artifact again: %s with another %s', async (_, name, entry, option) => {
    const spec = createSpec(entry);
    const options = option ? { ...spec.options, [name!]: chooseValue(entry, option) } : spec.options;
    const model = await createComponent('model', { ...spec, options }, 'test');
    const found = await findModel({ model }, {}, tmpdir());
    expect({ name: found.name, protocol: found.protocol }).toEqual({ name: model.name, protocol: model.protocol });
  });
});

/** Options that are required, or that others need, with values. */
const required: Readonly<Record<string, string>> = {
  'item-knn': 'item-knn(similarity=asymmetric-cosine, weighting=bm25)',
  'user-knn': 'user-knn(weighting=bm25)',
  'minimum-rating': 'minimum-rating(rating=3)',
  'recency-decay': 'recency-decay(halfLife=30)',
  sampled: 'sampled(metric=mrr)',
  grid: 'grid(values={dim=[16, 32]})',
  percentile: 'percentile(keep=25)',
  patience: 'patience(patience=3)',
  'rating-scale': 'rating-scale(from=[1, 5])',
  'window-targets': 'window-targets(split=by-user)',
  'on-training-data': 'on-training-data(split=random)',
  'with-validation': 'with-validation(split=published, validation=random)',
};
const createSpec = ({ name }: ComponentEntry): Spec => parseSpec('test', required[name] ?? name);

/** Values that the general rule below does not find. */
const values: Readonly<Record<string, string>> = {
  'minimum-rating.rating': '4',
  'bert4-rec.heads': '4',
  'bert4-rec.hiddenShare': '0.5',
  'item-knn.similarity': 'dot-product',
  'user-knn.similarity': 'dot-product',
  'user-knn.weighting': 'tf-idf',
  'item-knn.weighting': 'tf-idf',
  'hstu.heads': '4',
  'sas-rec.heads': '4',
  'sampled.metric': 'auc',
  'rating-scale.from': '[2, 5]',
  'window-targets.split': 'by-user(test=0.3)',
  'window-targets.targets': '{last=3}',
  'on-training-data.split': 'leave-last-out',
  'with-validation.split': 'leave-last-out',
  'with-validation.validation': 'leave-random-out',
  'mult-vae.dims': '[7]',
  'mult-vae.dropout': '{encoder=[0.25, 0]}',
  'mult-dae.dims': '[7]',
  'mult-dae.dropout': '{encoder=[0.25]}',
  'factorization.foldIn': '{confidence=7}',
  'cosine-factorization.foldIn': '{shrinkage=7}',
  'gf-cf.ideal': '0.5',
  'light-gcn.foldIn': '{shrinkage=7}',
  'factorization-machine.foldIn': '{noise=0.4}',
  'factorization-machine.vectors': 'uniform',
  'feature.vectors': 'uniform',
};

function chooseValue({ name }: ComponentEntry, option: OptionEntry): Spec['options'][string] {
  const text = values[`${name}.${option.name}`] ?? chooseText(option);
  return parseSpec('test', `x(value=${text})`).options['value']!;
}

function chooseText({ name, type, choices, default: fallback }: OptionEntry): string {
  if (name === 'scorer') return '{hidden=[3]}';
  if (type === 'integer') return fallback === '3' ? '4' : '3';
  if (type === 'number') return '0.3';
  if (type === 'boolean') return fallback === 'true' ? 'false' : 'true';
  if (type === 'numbers') return name === 'mixture' ? '[0.5, 0.25, 0.25]' : '[2, 3]';
  if (type === 'choice') return choices!.find((choice) => choice !== fallback)!;
  if (type === 'words') return `[${choices![0]}]`;
  if (type === 'scale') return 'rating-scale(from=[1, 5])';
  return fallback === 'bloom' ? 'scaled' : 'bloom';
}

/** What tells components of a kind apart: names and protocols. */
async function describeCreated(kind: Kind, spec: Spec): Promise<unknown> {
  const created = await createComponent(kind, spec, 'test');
  const describeOne = ({ name, protocol }: { readonly name: string; readonly protocol?: unknown }) => ({
    name,
    protocol,
  });
  return Array.isArray(created) ? created.map(describeOne) : describeOne(created as { readonly name: string });
}
