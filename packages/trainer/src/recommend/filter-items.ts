import { invalid } from '@footlight/core';
import type { Catalogue } from '@footlight/datasets';
import type { RecommendOptions } from './types.js';

type Filter = NonNullable<RecommendOptions['filter']>;

/**
 * Creates the function that lists the items which lack a value of a filter, as dense ids.
 *
 * @throws {RecsysError} the function throws `invalid-argument` if no item has such a field or value
 */
export function createItemFilter({ itemCount, itemFeatures }: Catalogue): (filter: Filter) => number[] {
  return (filter) => {
    const fields = Object.entries(filter);
    if (fields.length === 0) return [];
    if (!itemFeatures)
      return invalid('recommend(filter)', 'a model whose data have item features', 'one without', 'Leave it out.');
    const { names, offsets, ids } = itemFeatures;
    const accepted = fields.map(([field, values]) => findFeatures(names, field, values));
    const hasOne = (features: ReadonlySet<number>, item: number): boolean => {
      for (let at = offsets[item]!; at < offsets[item + 1]!; at++) if (features.has(ids[at]!)) return true;
      return false;
    };
    const others: number[] = [];
    for (let item = 0; item < itemCount; item++)
      if (!accepted.every((features) => hasOne(features, item))) others.push(item);
    return others;
  };
}

/** The ids of the features `field=value` of these values. */
function findFeatures(names: readonly string[], field: string, values: Filter[string]): Set<number> {
  const wanted = Array.isArray(values) ? (values as readonly (string | number)[]) : [values as string | number];
  if (wanted.length === 0) invalid(`recommend(filter.${field})`, 'at least one value', 'none');
  return new Set(
    wanted.map((value) => {
      const feature = names.indexOf(`${field}=${value}`);
      return feature >= 0 ? feature : failToFind(names, field, value);
    }),
  );
}

function failToFind(names: readonly string[], field: string, value: string | number): never {
  const own = names.filter((name) => name.startsWith(`${field}=`)).map((name) => name.slice(field.length + 1));
  if (own.length > 0) invalid(`recommend(filter.${field})`, `a value such as ${listSome(own)}`, value);
  const fields = [...new Set(names.map((name) => name.slice(0, name.indexOf('='))))];
  return invalid('recommend(filter)', `a field of the items: ${listSome(fields)}`, field);
}

const listSome = (names: readonly string[]): string =>
  `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` (${names.length - 5} more)` : ''}`;
