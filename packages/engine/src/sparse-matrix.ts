import { assertInteger } from '@footlight/core';
import { assertSparseRows, expandRows, groupByRow, type WeightedRows } from './sparse-rows.js';

/** A sparse matrix, stored by row and by column; `createSparseMatrix` makes one. It is never changed. */
export interface SparseMatrix {
  readonly rowCount: number;
  readonly columnCount: number;
  /** The columns and values of each row. */
  readonly rows: WeightedRows;
  /** The rows and values of each column: the transpose. */
  readonly columns: WeightedRows;
}

/**
 * Creates a sparse matrix from its rows: the ids are columns, the weights values. Entries at the same place add up.
 *
 * @example
 * createSparseMatrix({ offsets: Int32Array.of(0, 2, 3), ids: Int32Array.of(0, 4, 1) }, 5) // [2, 5], ones in 3 places
 * @throws {RecsysError} `invalid-argument` if an id is no column, offsets do not ascend, or lengths disagree
 */
export function createSparseMatrix(rows: WeightedRows, columnCount: number): SparseMatrix {
  assertInteger('createSparseMatrix(columnCount)', columnCount);
  assertSparseRows('createSparseMatrix', 'rows', rows, { idCount: columnCount });
  return {
    rowCount: rows.offsets.length - 1,
    columnCount,
    rows,
    columns: groupByRow(rows.ids, expandRows(rows), rows.weights, columnCount),
  };
}
