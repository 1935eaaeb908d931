import type { Sha256 } from '@footlight/core';
import { selectFeatures } from '../features.js';
import { pickIds } from '../reindex.js';
import type { Catalogue, Features, Vectors } from '../types.js';
import { addColumn, addIds, addJson, addNumbers, computeHash } from './hash-columns.js';

/**
 * Computes the fingerprint of what a catalogue has beyond the interactions: features and vectors, and users and
 * items that do not occur, with their dense ids.
 *
 * @param userOrder the users that occur, in canonical order
 * @param itemOrder the items that occur, in canonical order
 */
export function* fingerprintCatalogue(
  { userCount, itemCount, userIds, itemIds, userFeatures, itemFeatures, itemVectors }: Catalogue,
  userOrder: Int32Array,
  itemOrder: Int32Array,
): Generator<void, string | undefined> {
  const isComplete = userOrder.length === userCount && itemOrder.length === itemCount;
  if (!userFeatures && !itemFeatures && !itemVectors && isComplete) return undefined;
  return yield* computeHash(function* (hash) {
    const [unusedUsers, unusedItems] = [findOthers(userOrder, userCount), findOthers(itemOrder, itemCount)];
    for (const unused of [unusedUsers, unusedItems]) yield* addNumbers(hash, unused);
    yield* addIds(hash, pickIds(userIds, unusedUsers));
    yield* addIds(hash, pickIds(itemIds, unusedItems));
    yield* addFeatures(hash, userFeatures, [userOrder, unusedUsers]);
    yield* addFeatures(hash, itemFeatures, [itemOrder, unusedItems]);
    if (itemVectors) for (const items of [itemOrder, unusedItems]) yield* addVectors(hash, itemVectors, items);
  });
}

/** The ids below `count` that are not in the list, ascending. */
function findOthers(ids: Int32Array, count: number): Int32Array {
  const isListed = new Uint8Array(count);
  for (const id of ids) isListed[id] = 1;
  return Int32Array.from(isListed.keys()).filter((id) => isListed[id] === 0);
}

function* addFeatures(hash: Sha256, features: Features | undefined, entities: readonly Int32Array[]): Generator<void> {
  addJson(hash, features ? [...features.names] : null);
  if (!features) return;
  const { offsets } = features;
  for (const list of entities) {
    yield* addColumn(hash, Int32Array, list, (entity) => offsets[entity + 1]! - offsets[entity]!);
    yield* addNumbers(hash, selectFeatures(features, list).ids);
  }
}

function* addVectors(hash: Sha256, { dim, values }: Vectors, entities: Int32Array): Generator<void> {
  addJson(hash, { dim });
  for (let axis = 0; axis < dim; axis++)
    yield* addColumn(hash, Float32Array, entities, (entity) => values[entity * dim + axis]! + 0);
}
