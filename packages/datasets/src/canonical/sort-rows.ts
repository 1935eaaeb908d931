import { type GroupedRows, getGroup, groupBy } from '../group-by.js';
import { gather } from '../select-rows.js';
import type { Interactions } from '../types.js';

/**
 * Sorts rows by user, time, item, rating, part and weight, users and items by the given ranks. Rows that are equal in
 * all of these stay in their order.
 *
 * @param userRanks default: users by dense id
 * @param itemRanks default: items by dense id
 * @returns row numbers, in canonical order, grouped by the rank of the user
 */
export function sortRows(interactions: Interactions, userRanks?: Int32Array, itemRanks?: Int32Array): GroupedRows {
  const { users, catalogue } = interactions;
  const keys = userRanks ? gather(userRanks, users, new Int32Array(users.length)) : users;
  const grouped = groupBy(keys, catalogue.userCount);
  const sort = createGroupSorter(interactions, itemRanks, findLargestGroup(grouped));
  for (let user = 0; user < catalogue.userCount; user++) sort(getGroup(grouped, user));
  return grouped;
}

function findLargestGroup({ offsets }: GroupedRows): number {
  let largest = 0;
  for (let key = 1; key < offsets.length; key++) largest = Math.max(largest, offsets[key]! - offsets[key - 1]!);
  return largest;
}

/** Sorts the rows of one user. Their values are copied first: comparing values that lie together is much faster. */
function createGroupSorter(
  { items, ratings, timestamps, parts, weights }: Interactions,
  itemRanks: Int32Array | undefined,
  largest: number,
): (rows: Int32Array) => void {
  const times = new Float64Array(timestamps ? largest : 0);
  const ranks = new Int32Array(largest);
  const values = new Float32Array(ratings ? largest : 0);
  const sides = new Uint8Array(parts ? largest : 0);
  const counts = new Float32Array(weights ? largest : 0);
  const order = new Int32Array(largest);
  const unsorted = new Int32Array(largest);
  const compare = (one: number, other: number): number =>
    (timestamps ? times[one]! - times[other]! : 0) ||
    ranks[one]! - ranks[other]! ||
    (ratings ? values[one]! - values[other]! : 0) ||
    (parts ? sides[one]! - sides[other]! : 0) ||
    (weights ? counts[one]! - counts[other]! : 0) ||
    one - other;
  return (rows) => {
    const count = rows.length;
    let isSorted = true;
    for (let at = 0; at < count; at++) {
      const row = rows[at]!;
      if (timestamps) times[at] = timestamps[row]!;
      ranks[at] = itemRanks ? itemRanks[items[row]!]! : items[row]!;
      if (ratings) values[at] = ratings[row]!;
      if (parts) sides[at] = parts[row]!;
      if (weights) counts[at] = weights[row]!;
      order[at] = at;
      isSorted &&= at === 0 || compare(at - 1, at) < 0;
    }
    if (isSorted) return; // most sources are
    if (count < 32) insertionSort(order, count, compare);
    else order.subarray(0, count).sort(compare);
    unsorted.set(rows);
    for (let at = 0; at < count; at++) rows[at] = unsorted[order[at]!]!;
  };
}

function insertionSort(order: Int32Array, count: number, compare: (one: number, other: number) => number): void {
  for (let at = 1; at < count; at++) {
    const moved = order[at]!;
    let to = at;
    for (; to > 0 && compare(order[to - 1]!, moved) > 0; to--) order[to] = order[to - 1]!;
    order[to] = moved;
  }
}
