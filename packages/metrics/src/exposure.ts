import { assertItem } from './scratch-flags.js';

/** Counts how often each item is recommended. −1 marks an empty position. @shape lists `[query × at]` → `[item]` */
export function countExposures(where: string, lists: Int32Array, itemCount: number): Float64Array {
  const counts = new Float64Array(itemCount);
  for (const item of lists) {
    if (item === -1) continue;
    assertItem(where, item, itemCount);
    counts[item]!++;
  }
  return counts;
}

/** Adds all values. */
export function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
