import type { Features } from './types.js';

/** What a field, e.g. `genre`, says of each entity: no value, one, or several. */
export interface Field {
  readonly name: string;
  readonly values: readonly (readonly string[])[]; // [entity][value]
}

/** Features `field=value`, numbered by field in the order given, then by value in ascending order of UTF-16 units. All fields know the same entities. */
export function buildFeatures(fields: readonly Field[]): Features {
  const names = fields.flatMap(({ name, values }) =>
    [...new Set(values.flat())].sort().map((value) => `${name}=${value}`),
  );
  const idByName = new Map(names.map((name, id) => [name, id]));
  const entityCount = fields[0]?.values.length ?? 0;
  const offsets = new Int32Array(entityCount + 1);
  const ids: number[] = [];
  for (let entity = 0; entity < entityCount; entity++) {
    const own = fields.flatMap(({ name, values }) => values[entity]!.map((value) => idByName.get(`${name}=${value}`)!));
    ids.push(...[...new Set(own)].sort((one, other) => one - other));
    offsets[entity + 1] = ids.length;
  }
  return { names, offsets, ids: Int32Array.from(ids) };
}

/**
 * The features of some entities, numbered in the order given.
 *
 * A feature that loses all its entities stays in `names`: what is filtered shares its numbering with what is not, as the parts of a model do.
 */
export function selectFeatures({ names, offsets, ids }: Features, chosen: Int32Array): Features {
  const selected = new Int32Array(chosen.length + 1);
  for (let at = 0; at < chosen.length; at++)
    selected[at + 1] = selected[at]! + offsets[chosen[at]! + 1]! - offsets[chosen[at]!]!;
  const kept = new Int32Array(selected[chosen.length]!);
  for (let at = 0; at < chosen.length; at++)
    kept.set(ids.subarray(offsets[chosen[at]!], offsets[chosen[at]! + 1]), selected[at]);
  return { names, offsets: selected, ids: kept };
}

/**
 * What one user or item has, as `field=value`.
 *
 * @example
 * readFeatureNames(catalogue.itemFeatures!, item) // ['genre=Animation', "genre=Children's", 'genre=Comedy', 'year=1995']
 */
export function readFeatureNames({ names, offsets, ids }: Features, entity: number): string[] {
  return Array.from(ids.subarray(offsets[entity], offsets[entity + 1]), (id) => names[id]!);
}
