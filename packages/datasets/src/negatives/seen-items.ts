import { getGroup, groupByUser } from '../group-by-user.js';
import type { Interactions } from '../types.js';

/** The different items of each user, ascending: those of `user` are `items[offsets[user]] … items[offsets[user + 1] − 1]`. */
export interface SeenItems {
  readonly offsets: Int32Array; // [user + 1]
  readonly items: Int32Array;
}

export function collectSeenItems(train: Interactions): SeenItems {
  const { userCount } = train.catalogue;
  const grouped = groupByUser(train);
  const offsets = new Int32Array(userCount + 1);
  const items = new Int32Array(train.items.length);
  let end = 0;
  for (let user = 0; user < userCount; user++) {
    const rows = getGroup(grouped, user);
    for (let at = 0; at < rows.length; at++) items[end + at] = train.items[rows[at]!]!;
    end = dropRepeats(items, end, items.subarray(end, end + rows.length).sort());
    offsets[user + 1] = end;
  }
  return { offsets, items: items.subarray(0, end) };
}

/** Whether a user has seen an item. */
export function hasSeen({ offsets, items }: SeenItems, user: number, item: number): boolean {
  let low = offsets[user]!;
  let high = offsets[user + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (items[middle]! < item) low = middle + 1;
    else high = middle;
  }
  return low < offsets[user + 1]! && items[low] === item;
}

/** The item at position `at` among those that a user has not seen, ascending. */
export function findUnseenItem({ offsets, items }: SeenItems, user: number, at: number): number {
  const first = offsets[user]!;
  let low = first;
  let high = offsets[user + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (items[middle]! - (middle - first) <= at)
      low = middle + 1; // so many unseen items stand before items[middle]
    else high = middle;
  }
  return at + (low - first);
}

/** Moves each different value of an ascending piece to `from` and on; returns the end. */
function dropRepeats(into: Int32Array, from: number, ascending: Int32Array): number {
  let end = from;
  for (let at = 0; at < ascending.length; at++) {
    const item = ascending[at]!;
    if (at === 0 || item !== into[end - 1]) into[end++] = item;
  }
  return end;
}
