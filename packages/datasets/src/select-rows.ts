import type { Interactions } from './types.js';

/** The given rows in the given order, with the same ids and the same catalogue. */
export function selectRows(interactions: Interactions, rows: Int32Array): Interactions {
  const { catalogue, users, items, ratings, timestamps, parts } = interactions;
  return {
    catalogue,
    users: gather(users, rows, new Int32Array(rows.length)),
    items: gather(items, rows, new Int32Array(rows.length)),
    ...(ratings && { ratings: gather(ratings, rows, new Float32Array(rows.length)) }),
    ...(timestamps && { timestamps: gather(timestamps, rows, new Float64Array(rows.length)) }),
    ...(parts && { parts: gather(parts, rows, new Uint8Array(rows.length)) }),
  };
}

/** The numbers of the rows that pass a test, in order. */
export function findRows(count: number, passes: (row: number) => boolean): Int32Array {
  const rows = new Int32Array(count);
  let kept = 0;
  for (let row = 0; row < count; row++) if (passes(row)) rows[kept++] = row;
  return rows.subarray(0, kept);
}

/** The values of some rows, written into a column as long as their list. */
export function gather<T extends Int32Array | Float32Array | Float64Array | Uint8Array>(
  column: T,
  rows: Int32Array,
  into: T,
): T {
  for (let at = 0; at < rows.length; at++) into[at] = column[rows[at]!]!;
  return into;
}
