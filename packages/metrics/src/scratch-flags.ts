import { invalid } from '@footlight/core';

let scratch = new Uint8Array(0);

/**
 * Calls `use` with one byte per item, all zero. `use` has to leave them zero, which costs less than new memory for every query.
 */
export function borrowFlags<T>(itemCount: number, use: (marks: Uint8Array) => T): T {
  const marks = scratch.length >= itemCount ? scratch : new Uint8Array(itemCount);
  scratch = new Uint8Array(0); // a nested or failed call must not find our marks
  const result = use(marks);
  scratch = marks;
  return result;
}

/** Refuses what is no id of an item. */
export function assertItem(where: string, item: number, itemCount: number): void {
  if (!(Number.isInteger(item) && item >= 0 && item < itemCount))
    invalid(where, `ids from 0 to ${itemCount - 1}`, item);
}
