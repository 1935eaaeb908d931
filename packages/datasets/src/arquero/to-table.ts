import { invalid } from '@footlight/core';
import { type ColumnTable, table } from 'arquero';
import { readFeatureNames } from '../features.js';
import { gather } from '../select-rows.js';
import type { Features, Interactions, OriginalIds } from '../types.js';

export interface ToTableOptions {
  /** Fields of users or items that become columns, e.g. `genre`; several values are separated by `|`. Default: none. */
  readonly features?: readonly string[];
}

/**
 * Converts interactions to an arquero table with original ids: the columns `user`, `item` and, if present, `title`,
 * `rating`, `timestamp`, `weight`, `part`.
 *
 * @throws {RecsysError} `invalid-argument` if neither users nor items have a field
 * @example
 * import { createRng, movielens } from 'footlight';
 * import { toTable } from '@footlight/datasets/arquero';
 * import { desc, op } from 'arquero';
 *
 * const interactions = await movielens('100k').load({ rng: createRng(42) });
 * toTable(interactions).groupby('title').count().orderby(desc('count')).print({ limit: 10 });
 * toTable(interactions, { features: ['gender'] }).groupby('gender').rollup({ mean: op.mean('rating') }).print();
 */
export function toTable(interactions: Interactions, { features = [] }: ToTableOptions = {}): ColumnTable {
  const { catalogue, users, items, ratings, timestamps, weights, parts } = interactions;
  return table({
    user: toOriginals(catalogue.userIds, users),
    item: toOriginals(catalogue.itemIds, items),
    ...(catalogue.itemTitles && { title: toOriginals(catalogue.itemTitles, items) }),
    ...(ratings && { rating: ratings }),
    ...(timestamps && { timestamp: timestamps }),
    ...(weights && { weight: weights }),
    ...(parts && { part: parts }),
    ...Object.fromEntries(features.map((field) => [field, readFeatureColumn(interactions, field)])),
  });
}

function toOriginals(ids: OriginalIds, column: Int32Array): Int32Array | Float64Array | string[] {
  if (ids instanceof Int32Array) return gather(ids, column, new Int32Array(column.length));
  if (ids instanceof Float64Array) return gather(ids, column, new Float64Array(column.length));
  return Array.from(column, (id) => ids[id]!);
}

/** If both users and items have the field, that of the users is returned. */
function readFeatureColumn(
  { catalogue: { userFeatures, itemFeatures }, users, items }: Interactions,
  field: string,
): string[] {
  const has = (features: Features | undefined): features is Features => listFields(features).includes(field);
  if (has(userFeatures)) return toOriginals(listValues(userFeatures, field), users) as string[];
  if (has(itemFeatures)) return toOriginals(listValues(itemFeatures, field), items) as string[];
  const fields = [...new Set([...listFields(userFeatures), ...listFields(itemFeatures)])];
  return invalid(
    'toTable(features)',
    fields.length > 0 ? `fields among ${fields.join(', ')}` : 'no fields, since these interactions have no features',
    field,
  );
}

function listFields(features: Features | undefined): string[] {
  return (features?.names ?? []).map((name) => name.slice(0, name.indexOf('=')));
}

/** The values of a field by entity, separated by `|`. */
function listValues(features: Features, field: string): string[] {
  const prefix = `${field}=`;
  return Array.from(features.offsets.subarray(1), (_, entity) =>
    readFeatureNames(features, entity)
      .flatMap((name) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : []))
      .join('|'),
  );
}
