import { createWeightedChoice, type Rng } from '@footlight/core';

/** Uniform numbers in [−size, size). */
export function drawNumbers(rng: Rng, length: number, size = 1): Float32Array {
  return Float32Array.from({ length }, () => (2 * rng.next() - 1) * size);
}

/** Uniform ids in [0, count). */
export function drawIds(rng: Rng, length: number, count: number): Int32Array {
  return Int32Array.from({ length }, () => rng.integer(count));
}

/** Popularity of ids by rank r, proportional to (r + shift)^−power: flat at the head, with a long tail. */
export interface Popularity {
  readonly shift: number;
  readonly power: number;
}

/** Popularity of items as in MovieLens 1M, at most about 3,000 interactions of a million. */
export const itemPopularity: Popularity = { shift: 150, power: 1.6 };

/** Activity of users as in MovieLens 1M, at most about 2,000 interactions of a million. */
export const userActivity: Popularity = { shift: 300, power: 1.4 };

/** Ids in [0, count) that are unequally frequent; which ids are frequent is random. */
export function drawSkewedIds(rng: Rng, length: number, count: number, { shift, power }: Popularity): Int32Array {
  const draw = createWeightedChoice(Float64Array.from({ length: count }, (_, rank) => (rank + shift) ** -power));
  const idByRank = rng.shuffle(Int32Array.from({ length: count }, (_, id) => id));
  return Int32Array.from({ length }, () => idByRank[draw(rng)]!);
}

/** Lists of distinct ids, about `length` per list, in rows of a sparse matrix. */
export function drawLists(
  rng: Rng,
  lists: number,
  length: number,
  count: number,
): { readonly offsets: Int32Array; readonly ids: Int32Array } {
  const drawn = drawSkewedIds(rng, lists * length, count, itemPopularity);
  const offsets = new Int32Array(lists + 1);
  const ids: number[] = [];
  for (let list = 0; list < lists; list++) {
    ids.push(...new Set(drawn.subarray(list * length, (list + 1) * length)));
    offsets[list + 1] = ids.length;
  }
  return { offsets, ids: Int32Array.from(ids) };
}
