import { type GroupedRows, groupBy } from '../group-by.js';
import { gather } from '../select-rows.js';
import type { Interactions } from '../types.js';
import { createPositionSorter } from './sort-positions.js';

type Column = Int32Array | Float32Array | Float64Array | Uint8Array;

/** Row numbers in canonical order, and the columns in that order. Zeros have no sign. */
export interface SortedColumns extends GroupedRows {
  /** The rank of the item. */
  readonly ranks: Int32Array;
  readonly ratings?: Float32Array;
  readonly timestamps?: Float64Array;
  readonly parts?: Uint8Array;
  readonly weights?: Float32Array;
}

/**
 * Sorts rows by user, time, item, rating, part and weight, users and items by the given ranks. Rows that are equal in
 * all of these stay in their order.
 *
 * @param userRanks default: users by dense id
 * @param itemRanks default: items by dense id
 * @returns row numbers, in canonical order, grouped by the rank of the user
 */
export function sortRows(interactions: Interactions, userRanks?: Int32Array, itemRanks?: Int32Array): GroupedRows {
  const { offsets, rows } = sortColumns(interactions, userRanks, itemRanks);
  return { offsets, rows };
}

/**
 * Sorts rows as `sortRows`, and their columns with them.
 *
 * The columns are grouped by user first, each in one pass that reads it from beginning to end: values of shuffled rows
 * that are read one by one wait for the memory.
 */
export function sortColumns(interactions: Interactions, userRanks?: Int32Array, itemRanks?: Int32Array): SortedColumns {
  const { users, items, ratings, timestamps, parts, weights, catalogue } = interactions;
  const count = users.length;
  const keys = userRanks ? gather(userRanks, users, new Int32Array(count)) : users;
  const { offsets, rows } = groupBy(keys, catalogue.userCount);
  const group = <T extends Column>(column: T, into: T): T => groupColumn(column, keys, offsets, into);
  const ranks = itemRanks ? gather(itemRanks, items, new Int32Array(count)) : items;
  const sorted: SortedColumns = {
    offsets,
    rows,
    ranks: group(ranks, new Int32Array(count)),
    ...(ratings && { ratings: group(ratings, new Float32Array(count)) }),
    ...(timestamps && { timestamps: group(timestamps, new Float64Array(count)) }),
    ...(parts && { parts: group(parts, new Uint8Array(count)) }),
    ...(weights && { weights: group(weights, new Float32Array(count)) }),
  };
  const sort = createGroupSorter(sorted, findLargestGroup(offsets));
  for (let user = 0; user < catalogue.userCount; user++) sort(offsets[user]!, offsets[user + 1]!);
  return sorted;
}

/** Copies a column in the order of `groupBy`. */
function groupColumn<T extends Column>(column: T, keys: Int32Array, offsets: Int32Array, into: T): T {
  const next = offsets.slice();
  for (let row = 0; row < column.length; row++) into[next[keys[row]!]!++] = column[row]! + 0; // −0 becomes 0
  return into;
}

function findLargestGroup(offsets: Int32Array): number {
  let largest = 0;
  for (let key = 1; key < offsets.length; key++) largest = Math.max(largest, offsets[key]! - offsets[key - 1]!);
  return largest;
}

/** Sorts the rows of one user, and all columns with them: by time, and rows of one time by the rest. */
function createGroupSorter(sorted: SortedColumns, largest: number): (from: number, to: number) => void {
  const { rows, ranks, ratings, timestamps, parts, weights } = sorted;
  const keys = timestamps ?? ranks; // what rows are sorted by first
  const compare = (one: number, other: number): number =>
    keys[one]! - keys[other]! ||
    ranks[one]! - ranks[other]! ||
    (ratings ? ratings[one]! - ratings[other]! : 0) ||
    (parts ? parts[one]! - parts[other]! : 0) ||
    (weights ? weights[one]! - weights[other]! : 0) ||
    one - other;
  const isSorted = (from: number, to: number): boolean => {
    for (let at = from + 1; at < to; at++) if (compare(at - 1, at) > 0) return false;
    return true;
  };
  const order = new Int32Array(largest);
  const unsorted = new Float64Array(largest);
  const positions = createPositionSorter(largest);
  const columns = [rows, ranks, ratings, timestamps, parts, weights].filter((column) => column !== undefined);
  return (from, to) => {
    if (isSorted(from, to)) return; // most sources are
    positions.sort(keys, from, to, order);
    const count = to - from;
    for (let start = 0, end = 0; start < count; start = end) {
      for (end = start + 1; end < count && keys[order[end]!] === keys[order[start]!]; ) end++;
      if (end - start > 1) sortEqual(order.subarray(start, end), compare);
    }
    for (const column of columns) permute(column, order, from, count, unsorted);
  };
}

function sortEqual(order: Int32Array, compare: (one: number, other: number) => number): void {
  if (order.length < 32) insertionSort(order, compare);
  else order.sort(compare);
}

function insertionSort(order: Int32Array, compare: (one: number, other: number) => number): void {
  for (let at = 1; at < order.length; at++) {
    const moved = order[at]!;
    let to = at;
    for (; to > 0 && compare(order[to - 1]!, moved) > 0; to--) order[to] = order[to - 1]!;
    order[to] = moved;
  }
}

/** Brings `count` values from `from` on into the order of the positions. */
function permute(column: Column, order: Int32Array, from: number, count: number, scratch: Float64Array): void {
  for (let at = 0; at < count; at++) scratch[at] = column[order[at]!]!;
  for (let at = 0; at < count; at++) column[from + at] = scratch[at]!;
}
