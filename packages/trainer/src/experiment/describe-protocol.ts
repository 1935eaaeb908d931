import { canonicalJson, type Json, shortHash } from '@footlight/core';
import type { Split } from '@footlight/datasets';
import type { EvaluationSpec } from './define-experiment.js';

type Part = { readonly [key: string]: Json };

/** Everything that decides what a number means, as data. Two numbers may share a table only if these agree. */
export interface Protocol {
  /** The first 12 hexadecimal digits of the SHA-256 of everything below. */
  readonly hash: string;
  readonly dataset: Part;
  readonly filters: readonly Part[];
  readonly split: Part;
  readonly candidates: string;
  readonly seen: string;
  readonly ties: string;
  readonly metrics: { readonly [name: string]: Part };
}

/**
 * The protocol of an experiment; that of a cross-validation names all its folds. The seed, the model and its training are not part of it: they are what is
 * compared.
 */
export function describeProtocol({
  dataset,
  filters = [],
  split,
  folds,
  metrics,
  seen = 'exclude',
}: EvaluationSpec): Protocol {
  const fields = {
    dataset: { name: dataset.name, ...dataset.protocol },
    filters: filters.map((filter) => ({ name: filter.name, ...filter.protocol })),
    split: folds ? describeFolds(folds) : { name: split.name, ...split.protocol },
    candidates: 'every item',
    seen,
    ties: 'lower id first',
    metrics: Object.fromEntries(metrics.map((metric) => [metric.name, metric.protocol])),
  };
  return { hash: shortHash(canonicalJson(fields)), ...fields };
}

function describeFolds(folds: readonly Split[]): Part {
  return {
    name: `${folds.length} folds`,
    folds: folds.map(({ name, protocol }) => ({ name, ...protocol })),
  };
}

/**
 * Where two protocols differ, as paths with both values: `split.seed: 42 ≠ 72`. Empty if they agree.
 */
export function compareProtocols(one: Protocol, other: Protocol): string[] {
  return differences(one as unknown as Json, other as unknown as Json, '').filter((line) => !line.startsWith('hash:'));
}

function differences(one: Json | undefined, other: Json | undefined, path: string): string[] {
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) => differences(one[key], other[key], path ? `${path}.${key}` : key));
  }
  const [left, right] = [one, other].map((value) => (value === undefined ? 'absent' : canonicalJson(value)));
  return left === right ? [] : [`${path}: ${left} ≠ ${right}`];
}

/** Arrays are compared by index, so that a path names the filter that differs. */
function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null;
}
