import type { OriginalIds } from '../types.js';

/** A whole number from 0 in its only spelling. */
const WHOLE_NUMBER = /^(0|[1-9]\d*)$/;

/**
 * Sorts ids into their canonical order: by value if all of them are whole numbers, as numbers or as texts; otherwise by
 * UTF-16 code units.
 *
 * @returns the positions of the ids, in canonical order
 */
export function sortIds(ids: OriginalIds): Int32Array {
  const order = Int32Array.from({ length: ids.length }, (_, at) => at);
  const compare = createIdComparator(ids);
  for (let at = 1; at < order.length; at++) if (compare(at - 1, at) > 0) return order.sort(compare);
  return order; // most sources are already sorted
}

/** Compares the ids at two positions. */
function createIdComparator(ids: OriginalIds): (one: number, other: number) => number {
  if (isNumeric(ids)) return (one, other) => ids[one]! - ids[other]!;
  const byText = (one: number, other: number): number =>
    ids[one]! < ids[other]! ? -1 : ids[one]! > ids[other]! ? 1 : 0;
  // Of numbers of any size in their only spelling, the shorter one is the smaller one.
  return ids.every((id) => WHOLE_NUMBER.test(id))
    ? (one, other) => ids[one]!.length - ids[other]!.length || byText(one, other)
    : byText;
}

function isNumeric(ids: OriginalIds): ids is Int32Array | Float64Array {
  return ArrayBuffer.isView(ids);
}

/** Whether numbers ascend. */
export function isAscending(numbers: Int32Array): boolean {
  for (let at = 1; at < numbers.length; at++) if (numbers[at - 1]! > numbers[at]!) return false;
  return true;
}
