import { invalid } from '@footlight/core';
import type { Interactions } from './types.js';

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
 * Rows with equal timestamps stay in the order of the source. Without timestamps, the order of the source is the order
 * of time.
 */
export function groupByUserInTime(interactions: Interactions): GroupedRows {
  const grouped = groupByUser(interactions);
  const { timestamps } = interactions;
  if (timestamps)
    for (let user = 0; user < interactions.catalogue.userCount; user++) sortByTime(timestamps, getGroup(grouped, user));
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

/** Sorts ascending row numbers by time; rows with equal times stay ascending. */
function sortByTime(timestamps: Float64Array, rows: Int32Array): void {
  if (isSortedByTime(timestamps, rows)) return;
  if (rows.length < 32) insertionSort(timestamps, rows);
  else rows.sort((one, other) => timestamps[one]! - timestamps[other]! || one - other);
}

/** Most sources are already sorted. */
function isSortedByTime(timestamps: Float64Array, rows: Int32Array): boolean {
  for (let at = 1; at < rows.length; at++) if (timestamps[rows[at - 1]!]! > timestamps[rows[at]!]!) return false;
  return true;
}

function insertionSort(timestamps: Float64Array, rows: Int32Array): void {
  for (let at = 1; at < rows.length; at++) {
    const row = rows[at]!;
    const time = timestamps[row]!;
    let to = at;
    for (; to > 0 && timestamps[rows[to - 1]!]! > time; to--) rows[to] = rows[to - 1]!;
    rows[to] = row;
  }
}
