import { canonicalJson, invalid, type Json, omitUndefined, shortHash } from '@footlight/core';
import type { DataFingerprint, Split } from '@footlight/datasets';
import type { EvaluationSpec, Protocol, ProtocolPart } from '../types.js';
import { applyTies } from './apply-ties.js';
import { listDifferences } from './list-differences.js';

/**
 * Describes the protocol of an experiment as data; the protocol of a cross-validation names all folds. The seed, the
 * model and its training are not part of the protocol: they are what is compared.
 *
 * The protocol of a run has the fingerprint of its data. Before they are loaded, the protocol is without one;
 * `omitFingerprints` makes the two comparable.
 *
 * @param fingerprint that of the data that were loaded
 */
export function describeProtocol(
  evaluation: EvaluationSpec,
  fingerprint: DataFingerprint | LoadedFields = {},
): Protocol {
  const { dataset, filters = [], split, folds, metrics, candidates, ties, refit } = evaluation;
  const { seen = 'exclude', cold = 'exclude' } = evaluation;
  const parts = {
    filters: filters.map((filter) => ({ name: filter.name, ...filter.protocol })),
    split: folds ? describeFolds(folds) : { name: split.name, ...split.protocol },
  };
  const { orderFingerprint, ...data } = fingerprint;
  const loaded = followsSource(parts) ? { ...data, ...omitUndefined({ orderFingerprint }) } : data;
  return addHash({
    dataset: { name: dataset.name, ...dataset.protocol, ...loaded },
    ...parts,
    candidates: candidates === 'cold-items' ? 'items without training interactions' : 'every item',
    seen,
    cold,
    ties: ties ?? 'expected',
    metrics: Object.fromEntries(applyTies(metrics, ties).map((metric) => [metric.name, metric.protocol])),
    ...omitUndefined({ refit }),
  });
}

function addHash(fields: Omit<Protocol, 'hash'>): Protocol {
  return { hash: shortHash(canonicalJson(fields as unknown as Json)), ...fields };
}

/**
 * Whether numbers depend on the order of the source: a filter or the split names it, or the split names no order. Our
 * splits bring rows, users and items into canonical order by default.
 */
function followsSource({ filters, split }: { readonly filters: Json; readonly split: Json }): boolean {
  const orders = listOrders(split);
  return orders.length === 0 || [...orders, ...listOrders(filters)].includes('source');
}

/** The values of all fields `order`, at any depth. */
function listOrders(value: Json | undefined): Json[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([field, each]) =>
    field === 'order' ? [each as Json] : listOrders(each as Json),
  );
}

function describeFolds(folds: readonly Split[]): ProtocolPart {
  return {
    name: `${folds.length} folds`,
    folds: folds.map(({ name, protocol }) => ({ name, ...protocol })),
  };
}

/** The fields of `DataFingerprint`: those of `dataset` that are known only after the data were loaded. */
const LOADED_FIELDS = ['fingerprint', 'orderFingerprint', 'catalogueFingerprint'] as const;

/** One value; one per seed where seeds have different data. */
type LoadedFields = { readonly [field in (typeof LOADED_FIELDS)[number]]?: Json };

/** The fingerprints of the data in the protocol of a run. */
export function readFingerprints({ dataset }: Protocol): LoadedFields {
  return Object.fromEntries(
    LOADED_FIELDS.flatMap((field) => (dataset[field] === undefined ? [] : [[field, dataset[field]]])),
  );
}

/**
 * The protocol of a run as `describeProtocol` describes it before the data are loaded.
 *
 * @example
 * omitFingerprints(outcome.protocol).hash === describeProtocol(experiment).hash // true until the experiment is changed
 */
export function omitFingerprints({ hash: _, dataset, ...fields }: Protocol): Protocol {
  const known = Object.entries(dataset).filter(([field]) => !(LOADED_FIELDS as readonly string[]).includes(field));
  return addHash({ dataset: Object.fromEntries(known), ...fields });
}

/**
 * Combines the protocols of the runs of one experiment. Where a source draws other data for each seed, the fingerprint
 * is a list, with one value per run.
 */
export function combineProtocols(protocols: readonly Protocol[]): Protocol {
  const first = protocols[0] ?? invalid('combineProtocols', 'at least one protocol', 'none');
  if (protocols.every(({ hash }) => hash === first.hash)) return first;
  const { hash: _, dataset, ...fields } = omitFingerprints(first);
  const lists = LOADED_FIELDS.flatMap((field) => {
    const values = protocols.map((protocol) => protocol.dataset[field] ?? null);
    return values.every((value) => value === null) ? [] : [[field, values]];
  });
  return addHash({ dataset: { ...dataset, ...Object.fromEntries(lists) }, ...fields });
}

/** Compares two protocols: lists the paths that differ with both values, `split.seed: 42 ≠ 72`; empty if they agree. */
export function compareProtocols(one: Protocol, other: Protocol): string[] {
  return listDifferences(one as unknown as Json, other as unknown as Json).filter((line) => !line.startsWith('hash:'));
}
