import type { Catalogue, Features, Interactions, OriginalIds } from '../types.js';
import type { NumberedIds } from './number-ids.js';

/** Uses the original numbers as dense ids, 0 … largest; numbers that do not occur become ids without interactions. */
export function keepNumbers(source: Int32Array | Float64Array): NumberedIds {
  const ids = Int32Array.from(source);
  const count = ids.reduce((largest, id) => Math.max(largest, id), -1) + 1;
  return { ids, originals: Int32Array.from({ length: count }, (_, id) => id) };
}

/** Increases every id by one: id 0 has no interactions, as in libraries that reserve it for padding. */
export function numberFromOne(interactions: Interactions): Interactions {
  const { userCount, itemCount, userIds, itemIds, itemTitles, userFeatures, itemFeatures } = interactions.catalogue;
  const catalogue: Catalogue = {
    userCount: userCount + 1,
    itemCount: itemCount + 1,
    userIds: prependUnusedId(userIds),
    itemIds: prependUnusedId(itemIds),
    ...(itemTitles && { itemTitles: ['', ...itemTitles] }),
    ...(userFeatures && { userFeatures: prependUnusedEntity(userFeatures) }),
    ...(itemFeatures && { itemFeatures: prependUnusedEntity(itemFeatures) }),
  };
  return {
    ...interactions,
    catalogue,
    users: interactions.users.map((id) => id + 1),
    items: interactions.items.map((id) => id + 1),
  };
}

function prependUnusedId(ids: OriginalIds): OriginalIds {
  if (!(ids instanceof Int32Array || ids instanceof Float64Array)) return ['', ...ids];
  const longer = ids instanceof Int32Array ? new Int32Array(ids.length + 1) : new Float64Array(ids.length + 1);
  longer.set(ids, 1);
  return longer;
}

function prependUnusedEntity({ names, offsets, ids }: Features): Features {
  return { names, offsets: prependUnusedId(offsets) as Int32Array, ids }; // [0, 0, …]: id 0 has no features
}
