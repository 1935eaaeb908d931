/** Quickselect: the value at position `n` of the sorted list, without sorting it. */
export function selectNthSmallest(values: Float64Array, n: number): number {
  const list = values.slice();
  let [low, high] = [0, list.length - 1];
  while (low < high) {
    const pivot = takeMedian(list[low]!, list[(low + high) >>> 1]!, list[high]!);
    let [left, right] = [low, high];
    while (left <= right) {
      while (list[left]! < pivot) left++;
      while (list[right]! > pivot) right--;
      if (left > right) break;
      const larger = list[left]!;
      list[left++] = list[right]!;
      list[right--] = larger;
    }
    if (n <= right) high = right;
    else if (n >= left) low = left;
    else return pivot;
  }
  return list[n]!;
}

function takeMedian(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
