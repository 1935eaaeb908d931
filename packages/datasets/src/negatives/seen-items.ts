import { getGroup } from '../group-by.js';
import { groupByUser } from '../group-by-user.js';
import type { Interactions } from '../types.js';

/**
 * The different items of each user, ascending: those of `user` are `items[offsets[user]] … items[offsets[user + 1] −
 * 1]`.
 */
export interface SeenItems {
  /** Where the items of each user begin in `items`, `[user + 1]`. */
  readonly offsets: Int32Array;
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

/** The item at position `at` of the ascending items that a user has not seen. */
export function findUnseenItem({ offsets, items }: SeenItems, user: number, at: number): number {
  const first = offsets[user]!;
  let low = first;
  let high = offsets[user + 1]!;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const unseenBefore = items[middle]! - (middle - first);
    if (unseenBefore <= at) low = middle + 1;
    else high = middle;
  }
  return at + (low - first);
}

/** Copies the different values of an ascending array to `into` from `from` on; returns the end. */
function dropRepeats(into: Int32Array, from: number, ascending: Int32Array): number {
  let end = from;
  for (let at = 0; at < ascending.length; at++) {
    const item = ascending[at]!;
    if (at === 0 || item !== into[end - 1]) into[end++] = item;
  }
  return end;
}
