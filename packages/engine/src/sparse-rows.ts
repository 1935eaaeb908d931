import { invalid } from '@footlight/core';
import { holdsTensorsElsewhere } from './memory.js';
import type { tf } from './tfjs/tfjs.js';

/**
 * Rows of different lengths in one array (compressed sparse rows): row r has the entries `ids[offsets[r]] …
 * ids[offsets[r + 1] − 1]`.
 */
export interface SparseRows {
  /** `[row + 1]`: 0, then ascending to the number of entries. */
  readonly offsets: Int32Array;
  /** `[entry]`: what each entry refers to, e.g. a column of a matrix or a row of a table. */
  readonly ids: Int32Array;
}

/** Sparse rows whose entries have weights. */
export interface WeightedRows extends SparseRows {
  /** `[entry]`. Default: all 1. */
  readonly weights?: Float32Array;
}

/** Sizes that sparse rows must agree with. */
export interface SparseRowsSize {
  /** Number of rows. Default: any. */
  readonly rowCount?: number;
  /** Ids run from 0 to `idCount − 1`. */
  readonly idCount: number;
}

/**
 * Checks sparse rows: their number, the order of the offsets, the range of the ids, and the number of weights.
 *
 * @throws {RecsysError} `invalid-argument` that names the function and the argument
 */
export function assertSparseRows(
  where: string,
  argument: string,
  { offsets, ids, weights }: WeightedRows,
  { rowCount = offsets.length - 1, idCount }: SparseRowsSize,
): void {
  if (offsets.length !== rowCount + 1)
    invalid(`${where}(${argument}.offsets)`, `${rowCount + 1} numbers`, offsets.length);
  if (!isAscending(offsets, ids.length))
    invalid(`${where}(${argument}.offsets)`, `0, then ascending to the ${ids.length} entries`, preview(offsets));
  const at = findFirstOutside(ids, idCount);
  if (at < ids.length)
    invalid(`${where}(${argument}.ids)`, `ids from 0 to ${idCount - 1}`, `${ids[at]} at position ${at}`);
  if (weights && weights.length !== ids.length)
    invalid(`${where}(${argument}.weights)`, `${ids.length} numbers, one per entry`, weights.length);
}

function isAscending(offsets: Int32Array, entryCount: number): boolean {
  if (offsets[0] !== 0 || offsets.at(-1) !== entryCount) return false;
  for (let row = 1; row < offsets.length; row++) if (offsets[row]! < offsets[row - 1]!) return false;
  return true;
}

function preview(numbers: Int32Array): string {
  return `[${numbers.subarray(0, 8).join(', ')}${numbers.length > 8 ? ', …' : ''}]`;
}

/**
 * Reads ids of rows from a tensor and checks them. Backends differ in what they do with an id out of range, and none
 * reports it, so it must not reach them.
 *
 * @shape ids `[...]` int32 → `[entry]` in the same order
 * @throws {RecsysError} `invalid-argument` if an id is not one of `count` rows, or the ids are not int32
 */
export function readRowIds(where: string, ids: tf.Tensor, count: number): Int32Array {
  if (ids.dtype !== 'int32') invalid(where, 'int32', ids.dtype);
  const values = readIds(ids);
  const wrong = findFirstOutside(values, count);
  if (wrong < values.length)
    invalid(where, `ids from 0 to ${count - 1}`, `${values[wrong]} at [${toCoordinates(wrong, ids.shape).join(', ')}]`);
  return values;
}

/** Ids that were read from a device, by their data: several lookups often share them. */
const readFromDevice = new WeakMap<object, Int32Array>();

function readIds(ids: tf.Tensor): Int32Array {
  if (!holdsTensorsElsewhere()) return ids.dataSync() as Int32Array;
  const values = readFromDevice.get(ids.dataId) ?? (ids.dataSync() as Int32Array);
  readFromDevice.set(ids.dataId, values);
  return values;
}

/** Finds the position of the first id out of range, or the number of ids. */
function findFirstOutside(ids: Int32Array, count: number): number {
  let at = 0;
  while (at < ids.length && ids[at]! >= 0 && ids[at]! < count) at++;
  return at;
}

function toCoordinates(at: number, shape: readonly number[]): number[] {
  let rest = at;
  return shape.map((_, axis) => {
    const stride = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
    const coordinate = Math.floor(rest / stride);
    rest %= stride;
    return coordinate;
  });
}

/** Packs lists of ids into sparse rows, one row per list. */
export function toSparseRows(lists: readonly ArrayLike<number>[]): SparseRows {
  const offsets = new Int32Array(lists.length + 1);
  for (let row = 0; row < lists.length; row++) offsets[row + 1] = offsets[row]! + lists[row]!.length;
  const ids = new Int32Array(offsets[lists.length]!);
  lists.forEach((list, row) => void ids.set(list, offsets[row]));
  return { offsets, ids };
}

/** Returns a view of the ids of one row. */
export function sliceRow({ offsets, ids }: SparseRows, row: number): Int32Array {
  return ids.subarray(offsets[row], offsets[row + 1]);
}

/** Returns the row of each entry. @shape → `[entry]` */
export function expandRows({ offsets, ids }: SparseRows): Int32Array {
  const rows = new Int32Array(ids.length);
  for (let row = 0; row + 1 < offsets.length; row++) rows.fill(row, offsets[row], offsets[row + 1]);
  return rows;
}

/** Creates the offsets of `count` rows of `length` entries each. @shape → `[count + 1]` */
export function createEvenOffsets(count: number, length: number): Int32Array {
  const offsets = new Int32Array(count + 1);
  for (let row = 1; row <= count; row++) offsets[row] = row * length;
  return offsets;
}

/** Groups entries by row; entries of one row keep their order. */
export function groupByRow(
  rows: Int32Array,
  ids: Int32Array,
  weights: Float32Array | undefined,
  rowCount: number,
): WeightedRows {
  const offsets = new Int32Array(rowCount + 1);
  for (const row of rows) offsets[row + 1]!++;
  for (let row = 0; row < rowCount; row++) offsets[row + 1]! += offsets[row]!;
  const next = offsets.slice();
  const sortedIds = new Int32Array(ids.length);
  const sortedWeights = weights && new Float32Array(ids.length);
  for (let entry = 0; entry < ids.length; entry++) {
    const to = next[rows[entry]!]!++;
    sortedIds[to] = ids[entry]!;
    if (sortedWeights) sortedWeights[to] = weights![entry]!;
  }
  return { offsets, ids: sortedIds, ...(sortedWeights ? { weights: sortedWeights } : {}) };
}
