/**
 * Sorts positions in a column by the numbers there; positions of equal numbers ascend.
 *
 * Whole numbers of a small range are packed with their positions into one number each, so that no comparing function is
 * called.
 */
export interface PositionSorter {
  /** Writes the positions from `from` to before `to` into the beginning of `order`, sorted. */
  sort(numbers: Float64Array | Int32Array, from: number, to: number, order: Int32Array): void;
}

/** Above this, a packed number would not be exact. */
const LARGEST = 2 ** 53;

/** @param largest the largest count of positions */
export function createPositionSorter(largest: number): PositionSorter {
  const packed = new Float64Array(largest);
  return {
    sort(numbers, from, to, order) {
      const count = to - from;
      const stride = 2 ** Math.ceil(Math.log2(Math.max(1, count))); // a power of two, so that division is exact
      if (!pack(numbers, from, to, stride, packed)) {
        for (let at = 0; at < count; at++) order[at] = from + at;
        order.subarray(0, count).sort((one, other) => numbers[one]! - numbers[other]! || one - other);
        return;
      }
      if (count < 32) insertionSort(packed, count);
      else packed.subarray(0, count).sort();
      for (let at = 0; at < count; at++) order[at] = from + packed[at]! - stride * Math.floor(packed[at]! / stride);
    },
  };
}

/** @returns whether all numbers could be packed */
function pack(
  numbers: Float64Array | Int32Array,
  from: number,
  to: number,
  stride: number,
  into: Float64Array,
): boolean {
  let [least, greatest] = [Infinity, -Infinity];
  for (let at = from; at < to; at++) {
    const number = numbers[at]!;
    if (number !== Math.floor(number)) return false;
    if (number < least) least = number;
    if (number > greatest) greatest = number;
  }
  if (!((greatest - least + 1) * stride <= LARGEST)) return false;
  for (let at = from; at < to; at++) into[at - from] = (numbers[at]! - least) * stride + at - from;
  return true;
}

function insertionSort(numbers: Float64Array, count: number): void {
  for (let at = 1; at < count; at++) {
    const moved = numbers[at]!;
    let to = at;
    for (; to > 0 && numbers[to - 1]! > moved; to--) numbers[to] = numbers[to - 1]!;
    numbers[to] = moved;
  }
}
