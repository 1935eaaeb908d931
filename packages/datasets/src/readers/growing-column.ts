export type NumberColumn = Int32Array | Float32Array | Float64Array;

/** A typed array that grows block by block. */
export interface GrowingColumn {
  /** `expected` guesses how many rows there will be; it is asked once, so that growing later is the exception. */
  push(block: NumberColumn, expected?: () => number): void;
  take(): NumberColumn;
}

export type GrowingKind = 'id' | 'text' | 'float32' | 'float64' | 'date';

const arrayTypes: Record<GrowingKind, new (length: number) => NumberColumn> = {
  id: Int32Array,
  text: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
  date: Float64Array,
};

/** `id` begins as `Int32Array` and becomes `Float64Array` when an id from 2³¹ comes. */
export function createGrowingColumn(kind: GrowingKind): GrowingColumn {
  let values: NumberColumn = new arrayTypes[kind](0);
  let count = 0;
  return {
    push(block, expected = () => 0) {
      if (
        kind === 'id' &&
        values instanceof Int32Array &&
        block instanceof Float64Array &&
        findLargest(block) >= 2 ** 31
      )
        values = Float64Array.from(values);
      if (count + block.length > values.length) {
        const guess = count === 0 ? expected() : 2 * values.length;
        const longer = new (values.constructor as Float64ArrayConstructor)(Math.max(count + block.length, guess));
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
