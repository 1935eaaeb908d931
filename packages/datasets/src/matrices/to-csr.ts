import { getGroup } from '../group-by.js';
import { groupByUser } from '../group-by-user.js';
import type { Interactions } from '../types.js';
import { type MatrixOptions, selectValues } from './to-coo.js';

/**
 * A sparse matrix of users by items in compressed rows: the row of user u has the columns `indices[indptr[u]] …
 * indices[indptr[u + 1] − 1]`, with the values of `data` at the same places.
 */
export interface CsrMatrix {
  /** Number of users and of items, those without interactions included. */
  readonly shape: readonly [users: number, items: number];
  /** Where the row of each user begins, and where the last one ends, `[user + 1]`. */
  readonly indptr: Int32Array;
  /** Dense item ids, ascending within a row and different from each other, `[entry]`. */
  readonly indices: Int32Array;
  /** `[entry]` */
  readonly data: Float32Array;
}

/**
 * Converts interactions to a sparse matrix in compressed rows: the fields of `scipy.sparse.csr_matrix`, in its
 * canonical format. Values of a pair that occurs several times are added, as scipy does.
 *
 * @throws {RecsysError} `invalid-argument` if the interactions have no such values
 * @example
 * toCsr(interactions) // { shape: [943, 1682], indptr, indices, data }
 */
export function toCsr(interactions: Interactions, options: MatrixOptions = {}): CsrMatrix {
  const { catalogue, items } = interactions;
  const { userCount, itemCount } = catalogue;
  const values = selectValues('toCsr', interactions, options);
  const grouped = groupByUser(interactions);
  const indptr = new Int32Array(userCount + 1);
  const indices = new Int32Array(items.length);
  const sums = new Float64Array(items.length);
  let end = 0;
  for (let user = 0; user < userCount; user++) {
    const rows = getGroup(grouped, user)
      .slice()
      .sort((one, other) => items[one]! - items[other]! || one - other);
    for (let at = 0; at < rows.length; at++) {
      const item = items[rows[at]!]!;
      if (at === 0 || indices[end - 1] !== item) indices[end++] = item;
      sums[end - 1]! += values[rows[at]!]!;
    }
    indptr[user + 1] = end;
  }
  return {
    shape: [userCount, itemCount],
    indptr,
    indices: indices.slice(0, end),
    data: Float32Array.from(sums.subarray(0, end)),
  };
}
