import { existsSync, realpathSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { omitUndefined, shortHash } from '@footlight/core';
import {
  type Filter,
  kCore,
  minimumRating,
  type Negatives,
  type Split,
  type TrainingWindowsOptions,
  uniformNegatives,
} from '@footlight/datasets';
import { adam } from '@footlight/engine';
import type { Metric } from '@footlight/metrics';
import type { Representation } from '@footlight/models';
import { crossValidated, defineExperiment, type Experiment, stopEarly } from '@footlight/trainer';
import type { LossEntry, ModelEntry } from '../components/component.js';
import { createComponent, findComponent } from '../components/create-component.js';
import { parseSpec, type Spec } from '../components/parse-spec.js';
import { assertCombination, assertSplit, chooseNames, chooseTraining } from './check-combination.js';
import { drawsLowRated } from './check-negatives.js';
import { createDataset, type OnCounts, readingOptions } from './create-dataset.js';
import { hashExperiment } from './hash-experiment.js';
import type { ReadingOptions, TableExperimentOptions } from './types.js';

/**
 * The name that results of the file are stored under: file, model, loss, split, and a hash of the path of the file and
 * of all options that make another experiment, e.g. `own/ratings-factorization-bpr-leave-last-out-1f0c93d2`.
 */
export function nameTableExperiment(options: TableExperimentOptions, experiment: Experiment, cwd: string): string {
  const path = resolve(cwd, options.table);
  const model = parseSpec('--model', options.model).name;
  const names = chooseNames(options, findComponent<ModelEntry>('model', model, '--model'));
  const loss = experiment.loss ? [parseSpec('--loss', names.loss).name] : [];
  const split = parseSpec('--split', names.split).name;
  // The protocol does not name what is read from the file.
  const reading = Object.fromEntries(readingOptions.map((option) => [option, options[option]]));
  const content = hashExperiment(experiment, { reading: omitUndefined(reading) as Record<string, string> });
  const files = [path, ...(options.test === undefined ? [] : [resolve(cwd, options.test)])].map(resolveLinks);
  const hash = shortHash(`${files.join(' ')} ${content}`).slice(0, 8);
  return `own/${[basename(path, extname(path)), model, ...loss, split, hash].join('-')}`;
}

function resolveLinks(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/**
 * An experiment on a file of one's own, from the names of its columns and components.
 *
 * @param onCounts called when features and vectors are read
 * @throws {RecsysError} `invalid-argument` if components do not fit together, with what to do
 */
export async function createTableExperiment(
  options: TableExperimentOptions,
  cwd: string,
  onCounts?: OnCounts,
): Promise<Experiment> {
  const spec = parseSpec('--model', options.model);
  const entry = findComponent<ModelEntry>('model', spec.name, '--model');
  const names = chooseNames(options, entry);
  const loss = parseSpec('--loss', names.loss);
  const lossEntry = findComponent<LossEntry>('loss', loss.name, '--loss');
  assertCombination(options, entry, lossEntry);
  const model = await createComponent('model', completeModel(spec, entry, lossEntry, options), '--model');
  const shared = {
    dataset: createDataset(options, cwd, onCounts),
    filters: await createFilters(options),
    metrics: await createMetrics(options, names.metrics),
    seed: options.seed,
    ...omitUndefined({ ties: options.ties, seen: options.seen, refit: options.refit }),
    ...omitUndefined({ cold: options.cold, candidates: options.candidates }),
  };
  const split = await createSplit(options, names.split);
  if (model.kind === 'solver') return defineForSplits(split, (split) => defineExperiment({ ...shared, split, model }));
  const training = {
    model,
    epochs: options.epochs,
    batchSize: options.batchSize,
    optimizer: () => adam(chooseTraining(options, entry, lossEntry)),
    ...omitUndefined({
      stopEarly: options.stopEarly === undefined ? undefined : stopEarly({ metric: options.stopEarly }),
      monitor: options.monitor,
      windows: chooseWindows(options, model.reads),
    }),
  };
  const created = await createComponent('loss', loss, '--loss');
  const negatives = omitUndefined({ negatives: await createNegatives(options) });
  return defineForSplits(split, (split) => {
    // One call per kind of loss: which options there are depends on it.
    const common = { ...shared, ...training, split };
    if (created.kind === 'ranking') return defineExperiment({ ...common, loss: created, ...negatives });
    if (created.kind === 'catalogue') return defineExperiment({ ...common, loss: created });
    return defineExperiment({ ...common, loss: created });
  });
}

/** The windows that are the default, in another layout or order. */
function chooseWindows(
  { layout, lengthPool }: TableExperimentOptions,
  reads: Representation['reads'],
): TrainingWindowsOptions | undefined {
  const options = omitUndefined({ layout, lengthPool });
  const isDefault = Object.keys(options).length === 0;
  return !isDefault && typeof reads === 'object' ? { length: reads.history + 1, ...options } : undefined;
}

/** A cross-validation where the split is several. */
function defineForSplits(split: Split | readonly Split[], define: (split: Split) => Experiment): Experiment {
  return 'split' in split ? define(split) : crossValidated(split, define);
}

/** The model with the options that `--dim` sets, and with those that its loss calls for. */
function completeModel(
  { name, options }: Spec,
  { dimOptions, ratingOptions }: ModelEntry,
  { kind }: LossEntry,
  { dim }: TableExperimentOptions,
): Spec {
  const dims = dim === undefined ? {} : Object.fromEntries(dimOptions.map((option) => [option, dim]));
  return { name, options: { ...(kind === 'rating' ? ratingOptions : undefined), ...options, ...dims } };
}

/** The filters, in order. */
export async function createFilters(
  options: Pick<TableExperimentOptions, 'filter' | 'minimumRating' | 'kCore' | 'negatives'>,
): Promise<Filter[]> {
  const { filter = [], minimumRating: rating, kCore: minimum } = options;
  const filters = await Promise.all(
    filter.map((text) => createComponent('filter', parseSpec('--filter', text), '--filter')),
  );
  return [
    ...(rating === undefined ? [] : [minimumRating({ rating, ...(drawsLowRated(options) && { below: 'negatives' }) })]),
    ...filters,
    ...(minimum === undefined ? [] : [kCore({ minimum })]),
  ];
}

function createMetrics({ metric }: TableExperimentOptions, defaults: readonly string[]): Promise<Metric[]> {
  return Promise.all(
    (metric ?? defaults).map((text) => createComponent('metric', parseSpec('--metric', text), '--metric')),
  );
}

/** The split, or the splits of a cross-validation. */
export function createSplit(options: ReadingOptions, name: string): Promise<Split | readonly Split[]> {
  const spec = parseSpec('--split', name);
  assertSplit(options, findComponent('split', spec.name, '--split'), spec.options);
  return createComponent('split', spec, '--split');
}

async function createNegatives({ negatives }: TableExperimentOptions): Promise<Negatives | undefined> {
  if (negatives === undefined) return undefined;
  if (/^\d+$/.test(negatives)) return uniformNegatives({ count: Number(negatives) });
  return createComponent('negatives', parseSpec('--negatives', negatives), '--negatives');
}
