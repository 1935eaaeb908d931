import { invalid } from '@footlight/core';
import { rankIds } from './rank-ids.js';
import type { Interactions, RowOrder } from './types.js';

/** Rows grouped by user: those of `user` are `rows[offsets[user]] … rows[offsets[user + 1] − 1]`. */
export interface GroupedRows {
  /** Where the rows of each user begin in `rows`, `[user + 1]`. */
  readonly offsets: Int32Array;
  /** Row numbers, `[interaction]`. */
  readonly rows: Int32Array;
}

/**
 * Groups rows by user; those of a user stay in the order of the source.
 *
 * @example
 * const { offsets, rows } = groupByUser(interactions);
 * rows.subarray(offsets[user], offsets[user + 1])
 */
export function groupByUser({ users, catalogue }: Interactions): GroupedRows {
  return groupBy(users, catalogue.userCount);
}

/**
 * Groups rows by user; those of a user are sorted by time, oldest first.
 *
 * Rows with equal timestamps, or all rows of a user without timestamps, are in the given order: `canonical` by original
 * item id (then rating, published part and weight), `source` as they are. Default: the order of the split that the
 * interactions come from, else `canonical`.
 */
export function groupByUserInTime(
  interactions: Interactions,
  order: RowOrder = interactions.order ?? 'canonical',
): GroupedRows {
  const grouped = groupByUser(interactions);
  const compare = order === 'source' ? compareInSource(interactions) : compareCanonically(interactions);
  if (!compare) return grouped;
  for (let user = 0; user < interactions.catalogue.userCount; user++) sortRows(getGroup(grouped, user), compare);
  return grouped;
}

/** The rows of one user (or other key), as a view of `rows`. */
export function getGroup({ offsets, rows }: GroupedRows, key: number): Int32Array {
  return rows.subarray(offsets[key]!, offsets[key + 1]!);
}

/** Groups rows by any key, by a stable counting sort. */
export function groupBy(keys: Int32Array | Uint8Array, count: number): GroupedRows {
  const offsets = new Int32Array(count + 1);
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row]!;
    if (key < 0 || key >= count) invalid('groupBy(keys)', `ids from 0 to ${count - 1}`, `${key} in row ${row}`);
    offsets[key + 1]!++;
  }
  for (let key = 0; key < count; key++) offsets[key + 1]! += offsets[key]!;
  const next = offsets.slice();
  const rows = new Int32Array(keys.length);
  for (let row = 0; row < keys.length; row++) rows[next[keys[row]!]!++] = row;
  return { offsets, rows };
}

/** The number of occurrences of each key. */
export function countKeys(keys: Int32Array, count: number): Int32Array {
  const counts = new Int32Array(count);
  for (let row = 0; row < keys.length; row++) counts[keys[row]!]!++;
  return counts;
}

type Compare = (one: number, other: number) => number;

function compareInSource({ timestamps }: Interactions): Compare | undefined {
  return timestamps && ((one, other) => timestamps[one]! - timestamps[other]!);
}

function compareCanonically({ timestamps, items, ratings, parts, weights, catalogue }: Interactions): Compare {
  const ranks = rankIds(catalogue.itemIds);
  const rank = ranks ? (row: number) => ranks[items[row]!]! : (row: number) => items[row]!;
  return (one, other) =>
    (timestamps ? timestamps[one]! - timestamps[other]! : 0) ||
    rank(one) - rank(other) ||
    (ratings ? ratings[one]! - ratings[other]! : 0) ||
    (parts ? parts[one]! - parts[other]! : 0) ||
    (weights ? weights[one]! - weights[other]! : 0);
}

/** Sorts ascending row numbers; rows that compare as equal stay ascending. */
function sortRows(rows: Int32Array, compare: Compare): void {
  if (isSorted(rows, compare)) return;
  if (rows.length < 32) insertionSort(rows, compare);
  else rows.sort((one, other) => compare(one, other) || one - other);
}

/** Most sources are already sorted. */
function isSorted(rows: Int32Array, compare: Compare): boolean {
  for (let at = 1; at < rows.length; at++) if (compare(rows[at - 1]!, rows[at]!) > 0) return false;
  return true;
}

function insertionSort(rows: Int32Array, compare: Compare): void {
  for (let at = 1; at < rows.length; at++) {
    const row = rows[at]!;
    let to = at;
    for (; to > 0 && compare(rows[to - 1]!, row) > 0; to--) rows[to] = rows[to - 1]!;
    rows[to] = row;
  }
}
