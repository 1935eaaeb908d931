import { invalid } from '@footlight/core';

/** Rows grouped by user (or other key): those of `user` are `rows[offsets[user]] … rows[offsets[user + 1] − 1]`. */
export interface GroupedRows {
  /** Where the rows of each user begin in `rows`, `[user + 1]`. */
  readonly offsets: Int32Array;
  /** Row numbers, `[interaction]`. */
  readonly rows: Int32Array;
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
