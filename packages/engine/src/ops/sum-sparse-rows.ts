import { assertInteger } from '@footlight/core';
import { assertSparseRows, type WeightedRows } from '../sparse-rows.js';
import type { SparseProduct } from './types.js';

/**
 * Sums rows of a sparse table for each query: the product of two sparse matrices, as a dense one.
 *
 * $$ s_{qi} = \sum_{j \in \text{bag } q} v_{qj} \, w_{ji} $$
 *
 * Sums are in double precision and rounded once, so that the order of a bag has no influence that a score would show.
 * `rankTargets` ranks such scores without storing them.
 *
 * @shape bags `[query]` lists of rows, table `[row]` lists of items → `[query, item]`
 * @throws {RecsysError} `invalid-argument` if an id is not a row of the table or not an item
 * @source ours
 */
export function sumSparseRows(product: SparseProduct, itemCount: number): Float32Array {
  const { bags, sparseTable } = product;
  assertInteger('sumSparseRows(itemCount)', itemCount);
  assertSparseRows('sumSparseRows', 'bags', bags, { idCount: sparseTable.offsets.length - 1 });
  assertSparseTable('sumSparseRows', 'sparseTable', sparseTable, itemCount);
  return sumSparseRowsDefinition(product, itemCount);
}

/** Sparse tables that were checked, with their number of items: they are as large as a model, and read many times. */
const checkedTables = new WeakMap<WeightedRows, number>();

/** Checks a sparse table, once. */
export function assertSparseTable(where: string, argument: string, table: WeightedRows, itemCount: number): void {
  if (checkedTables.get(table) === itemCount) return;
  assertSparseRows(where, argument, table, { idCount: itemCount });
  checkedTables.set(table, itemCount);
}

/** `sumSparseRows` of some of the queries, without checks. */
export function sumSparseRowsDefinition(
  { bags, sparseTable: table }: SparseProduct,
  itemCount: number,
  [begin, end]: readonly [number, number] = [0, bags.offsets.length - 1],
): Float32Array {
  const out = new Float32Array((end - begin) * itemCount);
  const sums = new Float64Array(itemCount);
  for (let query = begin; query < end; query++) {
    sums.fill(0);
    for (let entry = bags.offsets[query]!; entry < bags.offsets[query + 1]!; entry++) {
      const row = bags.ids[entry]!;
      const weight = bags.weights?.[entry] ?? 1;
      for (let at = table.offsets[row]!; at < table.offsets[row + 1]!; at++)
        sums[table.ids[at]!]! += weight * (table.weights?.[at] ?? 1);
    }
    out.set(sums, (query - begin) * itemCount);
  }
  return out;
}
