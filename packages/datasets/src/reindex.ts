import { selectFeatures } from './features.js';
import { countKeys } from './group-by.js';
import { findRows, gather } from './select-rows.js';
import type { Catalogue, Interactions, LowRated, OriginalIds, Vectors } from './types.js';

/**
 * Removes users and items without interactions from the catalogue and numbers the others densely, in the same order.
 */
export function reindex(interactions: Interactions): Interactions {
  const { catalogue } = interactions;
  const users = listOccurringIds(interactions.users, catalogue.userCount);
  const items = listOccurringIds(interactions.items, catalogue.itemCount);
  if (users.length === catalogue.userCount && items.length === catalogue.itemCount) return interactions;
  return renumber(interactions, users, items);
}

/**
 * Renumbers users and items: the new id of `users[k]` is k. A row whose user or item is not listed gets −1; the caller
 * must drop it. Low ratings of users or items that are not listed are dropped.
 */
export function renumber(interactions: Interactions, users: Int32Array, items: Int32Array): Interactions {
  const { catalogue, lowRated } = interactions;
  const newUsers = invertIds(users, catalogue.userCount);
  const newItems = invertIds(items, catalogue.itemCount);
  return {
    ...interactions,
    catalogue: selectIds(catalogue, users, items),
    users: mapIds(interactions.users, newUsers),
    items: mapIds(interactions.items, newItems),
    ...(lowRated && { lowRated: renumberLowRated(lowRated, newUsers, newItems) }),
  };
}

function renumberLowRated(
  { users, items, ratings, timestamps }: LowRated,
  newUsers: Int32Array,
  newItems: Int32Array,
): LowRated {
  const rows = findRows(users.length, (row) => newUsers[users[row]!]! >= 0 && newItems[items[row]!]! >= 0);
  return {
    users: rows.map((row) => newUsers[users[row]!]!),
    items: rows.map((row) => newItems[items[row]!]!),
    ratings: gather(ratings, rows, new Float32Array(rows.length)),
    ...(timestamps && { timestamps: gather(timestamps, rows, new Float64Array(rows.length)) }),
  };
}

/** The catalogue of some users and items, numbered in the given order. */
function selectIds(catalogue: Catalogue, users: Int32Array, items: Int32Array): Catalogue {
  const { userIds, itemIds, itemTitles, userFeatures, itemFeatures, itemVectors } = catalogue;
  return {
    userCount: users.length,
    itemCount: items.length,
    userIds: pickIds(userIds, users),
    itemIds: pickIds(itemIds, items),
    ...(itemTitles && { itemTitles: pickIds(itemTitles, items) as readonly string[] }),
    ...(userFeatures && { userFeatures: selectFeatures(userFeatures, users) }),
    ...(itemFeatures && { itemFeatures: selectFeatures(itemFeatures, items) }),
    ...(itemVectors && { itemVectors: selectVectors(itemVectors, items) }),
  };
}

function selectVectors({ dim, values }: Vectors, chosen: Int32Array): Vectors {
  const selected = new Float32Array(chosen.length * dim);
  for (let at = 0; at < chosen.length; at++)
    selected.set(values.subarray(chosen[at]! * dim, (chosen[at]! + 1) * dim), at * dim);
  return { dim, values: selected };
}

/** Inverts a list of different ids: the position of each id, or −1. */
function invertIds(ids: Int32Array, count: number): Int32Array {
  const found = new Int32Array(count).fill(-1);
  for (let at = 0; at < ids.length; at++) found[ids[at]!] = at;
  return found;
}

/** The ids that occur among the keys, ascending. */
export function listOccurringIds(keys: Int32Array, count: number): Int32Array {
  const counts = countKeys(keys, count);
  const ids = new Int32Array(count);
  let found = 0;
  for (let id = 0; id < count; id++) if (counts[id]! > 0) ids[found++] = id;
  return ids.slice(0, found);
}

function mapIds(ids: Int32Array, to: Int32Array): Int32Array {
  return gather(to, ids, new Int32Array(ids.length));
}

/** The original ids of some dense ids. */
export function pickIds(ids: OriginalIds, chosen: Int32Array): OriginalIds {
  if (ids instanceof Int32Array) return gather(ids, chosen, new Int32Array(chosen.length));
  if (ids instanceof Float64Array) return gather(ids, chosen, new Float64Array(chosen.length));
  return Array.from(chosen, (id) => ids[id]!);
}
