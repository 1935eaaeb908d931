import { canonicalJson, type Json, omitUndefined, shortHash } from '@footlight/core';
import type { Split } from '@footlight/datasets';
import type { EvaluationSpec, Protocol, ProtocolPart } from '../types.js';

/**
 * Describes the protocol of an experiment as data; the protocol of a cross-validation names all folds. The seed, the
 * model and its training are not part of the protocol: they are what is compared.
 */
export function describeProtocol({
  dataset,
  filters = [],
  split,
  folds,
  metrics,
  seen = 'exclude',
  refit,
}: EvaluationSpec): Protocol {
  const fields = {
    dataset: { name: dataset.name, ...dataset.protocol },
    filters: filters.map((filter) => ({ name: filter.name, ...filter.protocol })),
    split: folds ? describeFolds(folds) : { name: split.name, ...split.protocol },
    candidates: 'every item',
    seen,
    ties: 'lower id first',
    metrics: Object.fromEntries(metrics.map((metric) => [metric.name, metric.protocol])),
    ...omitUndefined({ refit }),
  };
  return { hash: shortHash(canonicalJson(fields)), ...fields };
}

function describeFolds(folds: readonly Split[]): ProtocolPart {
  return {
    name: `${folds.length} folds`,
    folds: folds.map(({ name, protocol }) => ({ name, ...protocol })),
  };
}

/** Compares two protocols: lists the paths that differ with both values, `split.seed: 42 ≠ 72`; empty if they agree. */
export function compareProtocols(one: Protocol, other: Protocol): string[] {
  return listDifferences(one as unknown as Json, other as unknown as Json, '').filter(
    (line) => !line.startsWith('hash:'),
  );
}

function listDifferences(one: Json | undefined, other: Json | undefined, path: string): string[] {
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) => listDifferences(one[key], other[key], path ? `${path}.${key}` : key));
  }
  const [left, right] = [one, other].map((value) => (value === undefined ? 'absent' : canonicalJson(value)));
  return left === right ? [] : [`${path}: ${left} ≠ ${right}`];
}

/** Arrays are compared by index, so that a path names the filter that differs. */
function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null;
}
