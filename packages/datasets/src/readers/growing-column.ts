import type { ColumnKind } from './column-types.js';

/** A typed array of numbers, or of the codes of texts. */
export type NumberColumn = Int32Array | Float32Array | Float64Array;

/** A typed array that grows block by block. */
export interface GrowingColumn {
  /** Appends a block. `estimateRows` returns the expected number of rows; it is called once, at the first block. */
  push(block: NumberColumn, estimateRows?: () => number): void;
  take(): NumberColumn;
}

const arrayTypes: Record<ColumnKind, new (length: number) => NumberColumn> = {
  id: Int32Array,
  'text-id': Int32Array,
  text: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
  date: Float64Array,
  line: Float64Array,
};

/**
 * An empty column. A column of kind `id` starts as `Int32Array` and becomes `Float64Array` at the first id from 2³¹.
 */
export function createGrowingColumn(kind: ColumnKind): GrowingColumn {
  let values: NumberColumn = new arrayTypes[kind](0);
  let count = 0;
  return {
    push(block, estimateRows = () => 0) {
      if (
        kind === 'id' &&
        values instanceof Int32Array &&
        block instanceof Float64Array &&
        findLargest(block) >= 2 ** 31
      )
        values = Float64Array.from(values);
      if (count + block.length > values.length) {
        const estimate = count === 0 ? estimateRows() : 2 * values.length;
        const longer = new (values.constructor as Float64ArrayConstructor)(Math.max(count + block.length, estimate));
        longer.set(values.subarray(0, count));
        values = longer;
      }
      values.set(block, count);
      count += block.length;
    },
    take: () => (count >= 0.75 * values.length ? values.subarray(0, count) : values.slice(0, count)),
  };
}

function findLargest(block: Float64Array): number {
  let largest = 0;
  for (let row = 0; row < block.length; row++) if (block[row]! > largest) largest = block[row]!;
  return largest;
}
