import { assertInteger, RecsysError } from '@footlight/core';
import { assertItem, borrowFlags } from './scratch-flags.js';

/**
 * Selects the ids of the `count` items with the highest scores, best first.
 *
 * Items with equal scores are ordered by id. The result is shorter if fewer items are left after `excluded`.
 *
 * @shape scores `[item]` → `[count]` or shorter
 * @throws {RecsysError} `not-finite` if a score is NaN; `invalid-argument` if `count` is not a positive integer, or if
 *   an id is not in the catalogue
 * @example
 * topK(Float32Array.of(1, 3, 2, 3), 2, [1]) // 3, 2
 */
export function topK(scores: Float32Array | Float64Array, count: number, excluded: ArrayLike<number> = []): Int32Array {
  assertInteger('topK(count)', count);
  return borrowFlags(scores.length, (flags) => {
    for (let i = 0; i < excluded.length; i++) {
      assertItem('topK(excluded)', excluded[i]!, scores.length);
      flags[excluded[i]!] = 1;
    }
    const best = selectBest(scores, Math.min(count, scores.length), flags);
    for (let i = 0; i < excluded.length; i++) flags[excluded[i]!] = 0;
    return best.sort((a, b) => (scores[a] === scores[b] ? a - b : scores[a]! > scores[b]! ? -1 : 1));
  });
}

/**
 * Selects with a heap whose root is the worst item so far. Ids ascend, so an item never replaces one with the same
 * score.
 */
function selectBest(scores: Float32Array | Float64Array, count: number, flags: Uint8Array): Int32Array {
  const heap = new Int32Array(count);
  let size = 0;
  let worst = Number.NaN; // the score at the root, once the heap is full
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]!;
    if (score <= worst) continue;
    if (Number.isNaN(score))
      throw new RecsysError(
        'not-finite',
        `topK(scores): expected a number for every item, received NaN for item ${item}. Did the training diverge?`,
      );
    if (flags[item] !== 0) continue;
    if (size < count) {
      heap[size] = item;
      siftUp(heap, size++, scores);
    } else {
      heap[0] = item;
      siftDown(heap, scores);
    }
    if (size === count) worst = scores[heap[0]!]!;
  }
  return heap.subarray(0, size);
}

function isWorse(a: number, b: number, scores: Float32Array | Float64Array): boolean {
  return scores[a]! < scores[b]! || (scores[a] === scores[b] && a > b);
}

function siftUp(heap: Int32Array, from: number, scores: Float32Array | Float64Array): void {
  const item = heap[from]!;
  let at = from;
  while (at > 0) {
    const parent = (at - 1) >>> 1;
    if (!isWorse(item, heap[parent]!, scores)) break;
    heap[at] = heap[parent]!;
    at = parent;
  }
  heap[at] = item;
}

function siftDown(heap: Int32Array, scores: Float32Array | Float64Array): void {
  const item = heap[0]!;
  let at = 0;
  for (let child = 1; child < heap.length; child = 2 * at + 1) {
    if (child + 1 < heap.length && isWorse(heap[child + 1]!, heap[child]!, scores)) child++;
    if (!isWorse(heap[child]!, item, scores)) break;
    heap[at] = heap[child]!;
    at = child;
  }
  heap[at] = item;
}
