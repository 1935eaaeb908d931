import { assertInteger, RecsysError } from '@footlight/core';
import type { Features } from './types.js';

/** A categorical field of users or items, e.g. `genre`. */
export interface Field {
  readonly name: string;
  /** The values of each entity, `[entity][value]`: none, one or several. */
  readonly values: readonly (readonly string[])[];
}

/**
 * Encodes categorical fields as features `field=value`.
 *
 * Features are numbered by field in the given order, then by value in ascending order of UTF-16 units. All fields have
 * the same entities.
 */
export function buildFeatures(fields: readonly Field[]): Features {
  const names: string[] = [];
  const idsByValue = fields.map(({ name, values }) => {
    const distinct = new Set<string>();
    for (const own of values) for (const value of own) distinct.add(value);
    return new Map([...distinct].sort().map((value) => [value, names.push(`${name}=${value}`) - 1]));
  });
  const idByName = new Map(names.map((name, id) => [name, id]));
  if (idByName.size < names.length) {
    const twice = names.find((name, id) => idByName.get(name) !== id)!;
    throw new RecsysError(
      'invalid-data',
      `features: expected different names, received ${twice} of two fields. ` +
        'Rename a field, or remove = from its values.',
    );
  }
  const entityCount = fields[0]?.values.length ?? 0;
  const offsets = new Int32Array(entityCount + 1);
  const ids: number[] = [];
  for (let entity = 0; entity < entityCount; entity++) {
    const own = new Set<number>();
    for (const [at, { values }] of fields.entries())
      for (const value of values[entity]!) own.add(idsByValue[at]!.get(value)!);
    for (const id of Int32Array.from(own).sort()) ids.push(id);
    offsets[entity + 1] = ids.length;
  }
  return { names, offsets, ids: Int32Array.from(ids) };
}

/**
 * Selects the features of some entities, in the given order.
 *
 * A feature that no selected entity has stays in `names`, so that filtered data share the feature ids of the whole
 * data.
 */
export function selectFeatures({ names, offsets, ids }: Features, chosen: Int32Array): Features {
  const selected = new Int32Array(chosen.length + 1);
  for (let at = 0; at < chosen.length; at++)
    selected[at + 1] = selected[at]! + offsets[chosen[at]! + 1]! - offsets[chosen[at]!]!;
  const selectedIds = new Int32Array(selected[chosen.length]!);
  for (let at = 0; at < chosen.length; at++)
    selectedIds.set(ids.subarray(offsets[chosen[at]!], offsets[chosen[at]! + 1]), selected[at]);
  return { names, offsets: selected, ids: selectedIds };
}

/**
 * The features of one user or item, as `field=value`.
 *
 * @example
 * readFeatureNames(catalogue.itemFeatures!, item) // ['genre=Animation', 'genre=Comedy', 'year=1995']
 */
export function readFeatureNames({ names, offsets, ids }: Features, entity: number): string[] {
  assertInteger('readFeatureNames(entity)', entity, { minimum: 0, maximum: offsets.length - 2 });
  return Array.from(ids.subarray(offsets[entity], offsets[entity + 1]), (id) => names[id]!);
}
