import { assertInteger, invalid } from '@footlight/core';
import { loadNativeKernels } from '../backends/native/load-kernels.js';
import type { SparseRows } from './solve-least-squares.js';

/** How much two sets of sizes a and b have in common, with c members in both: `cosine` c / (√(ab) + shrink), `jaccard` c / (a + b − c + shrink). */
export type Similarity = 'cosine' | 'jaccard';

export interface NearestSetsOptions {
  /** The members of each set, each once. */
  readonly sets: SparseRows;
  /** The same the other way round: the sets of each member. */
  readonly members: SparseRows;
  /** Neighbours per set. */
  readonly count: number;
  readonly similarity: Similarity;
  /** Added to the denominator, so that what a few members say counts less. */
  readonly shrink: number;
}

/**
 * The sets that have most in common with each set, the most similar first, lower ids first among equals.
 *
 * A set with fewer neighbours than asked for has itself in the places that are left, with similarity 0. Runs on memory, on no tfjs backend: in C++ where
 * `@footlight/native` is there, with the same result to the last bit.
 *
 * @shape → ids and similarities `[set, neighbour]`
 * @throws {RecsysError} `invalid-argument` if the two directions do not belong together
 * @source ours
 */
export function nearestSets(options: NearestSetsOptions): { ids: Int32Array; similarities: Float32Array } {
  const { sets, members, count, similarity, shrink } = options;
  assertInteger('nearestSets(count)', count);
  assertEntries(sets, members);
  const kernels = loadNativeKernels();
  if (!kernels) return nearestSetsDefinition(options);
  const setCount = sets.offsets.length - 1;
  const [ids, similarities] = [new Int32Array(setCount * count), new Float32Array(setCount * count)];
  kernels.overlapNeighbours(
    ids,
    similarities,
    sets.offsets,
    sets.ids,
    members.offsets,
    members.ids,
    similarity,
    shrink,
  );
  return { ids, similarities };
}

function assertEntries(sets: SparseRows, members: SparseRows): void {
  if (sets.ids.length !== members.ids.length)
    invalid('nearestSets(members)', `${sets.ids.length} entries`, members.ids.length);
  for (const [name, { ids }, limit] of [
    ['sets', sets, members.offsets.length - 1],
    ['members', members, sets.offsets.length - 1],
  ] as const) {
    const stranger = ids.find((id) => !(id >= 0 && id < limit));
    if (stranger !== undefined) invalid(`nearestSets(${name})`, `ids from 0 to ${limit - 1}`, stranger);
  }
}

/** What the C++ does. */
export function nearestSetsDefinition({ sets, members, count, similarity, shrink }: NearestSetsOptions): {
  ids: Int32Array;
  similarities: Float32Array;
} {
  const setCount = sets.offsets.length - 1;
  const sizeOf = (set: number) => sets.offsets[set + 1]! - sets.offsets[set]!;
  const [ids, similarities] = [new Int32Array(setCount * count), new Float32Array(setCount * count)];
  for (let set = 0; set < setCount; set++) {
    ids.fill(set, set * count, (set + 1) * count);
    const found = [...countCommon(sets, members, set)].map(([id, common]) => ({
      id,
      value: computeSimilarity(similarity, common, sizeOf(set), sizeOf(id), shrink),
    }));
    found.sort((one, other) => other.value - one.value || one.id - other.id);
    for (const [place, { id, value }] of found.slice(0, count).entries()) {
      ids[set * count + place] = id;
      similarities[set * count + place] = value;
    }
  }
  return { ids, similarities };
}

/** How many members each other set shares with this one. */
function countCommon(sets: SparseRows, members: SparseRows, set: number): Map<number, number> {
  const common = new Map<number, number>();
  for (const member of sets.ids.subarray(sets.offsets[set], sets.offsets[set + 1]))
    for (const other of members.ids.subarray(members.offsets[member], members.offsets[member + 1]))
      if (other !== set) common.set(other, (common.get(other) ?? 0) + 1);
  return common;
}

function computeSimilarity(kind: Similarity, common: number, own: number, other: number, shrink: number): number {
  return kind === 'cosine' ? common / (Math.sqrt(own * other) + shrink) : common / (own + other - common + shrink);
}
