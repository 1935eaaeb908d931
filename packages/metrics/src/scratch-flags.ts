import { invalid } from '@footlight/core';

let scratch = new Uint8Array(0);

/**
 * Calls `use` with one byte per item, all zero, in memory that is reused between calls.
 *
 * `use` must set all bytes back to zero before it returns; that takes less time than new memory for every query.
 */
export function borrowFlags<T>(itemCount: number, use: (flags: Uint8Array) => T): T {
  const flags = scratch.length >= itemCount ? scratch : new Uint8Array(itemCount);
  scratch = new Uint8Array(0); // a nested call, or a call after a failure, must not receive these flags
  const result = use(flags);
  scratch = flags;
  return result;
}

/** Checks that a number is the id of an item. */
export function assertItem(where: string, item: number, itemCount: number): void {
  if (!(Number.isInteger(item) && item >= 0 && item < itemCount))
    invalid(where, `ids from 0 to ${itemCount - 1}`, item);
}
