import type { Interactions } from './types.js';

/** Selects rows in the given order; ids, catalogue and what was set aside as low-rated stay the same. */
export function selectRows(interactions: Interactions, rows: Int32Array): Interactions {
  const { catalogue, users, items, ratings, timestamps, weights, parts, lowRated, positions, order } = interactions;
  return {
    catalogue,
    users: gather(users, rows, new Int32Array(rows.length)),
    items: gather(items, rows, new Int32Array(rows.length)),
    ...(ratings && { ratings: gather(ratings, rows, new Float32Array(rows.length)) }),
    ...(timestamps && { timestamps: gather(timestamps, rows, new Float64Array(rows.length)) }),
    ...(weights && { weights: gather(weights, rows, new Float32Array(rows.length)) }),
    ...(parts && { parts: gather(parts, rows, new Uint8Array(rows.length)) }),
    ...(lowRated && { lowRated }),
    ...(positions && { positions }),
    ...(order && { order }),
  };
}

/** The row numbers for which the predicate holds, ascending. */
export function findRows(count: number, predicate: (row: number) => boolean): Int32Array {
  const rows = new Int32Array(count);
  let found = 0;
  for (let row = 0; row < count; row++) if (predicate(row)) rows[found++] = row;
  return rows.subarray(0, found);
}

/** Copies the values of some rows into a column of the length of `rows`. */
export function gather<T extends Int32Array | Float32Array | Float64Array | Uint8Array>(
  column: T,
  rows: Int32Array,
  into: T,
): T {
  for (let at = 0; at < rows.length; at++) into[at] = column[rows[at]!]!;
  return into;
}
