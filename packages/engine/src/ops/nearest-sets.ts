import { assertInteger, assertNumber, invalid } from '@footlight/core';
import { runKernel } from '../run-kernel.js';
import { assertSparseRows, type SparseRows, sliceRow, type WeightedRows } from '../sparse-rows.js';
import type { NearestSets, NearestSetsOptions, Similarity } from './types.js';

/**
 * Nearest neighbors of sets: for each set, the sets with the highest similarity, in descending order. Among equals, the
 * lower id comes first.
 *
 * A set with fewer than `count` overlapping sets fills the remaining places with itself, at similarity 0. Works on
 * arrays, whatever backend is in use. The kernel of `@footlight/kernels` gives the same result to the last bit, and so
 * do any ranges one after the other.
 *
 * @shape → ids and similarities `[set, neighbor]`
 * @throws {RecsysError} `invalid-argument` if `members` is not the size of the transpose of `sets`, weights or scales
 *   are not as many as entries or sets, `shrink` is below 0, or `range` is not a range of sets
 * @source ours
 */
export function nearestSets(options: NearestSetsOptions): NearestSets {
  const { sets, members, count, shrink, scales = {}, range } = options;
  assertInteger('nearestSets(count)', count);
  assertNumber('nearestSets(shrink)', shrink, { from: 0 });
  if (sets.ids.length !== members.ids.length)
    invalid('nearestSets(members)', `${sets.ids.length} entries`, members.ids.length);
  assertSparseRows('nearestSets', 'sets', sets, { idCount: members.offsets.length - 1 });
  assertSparseRows('nearestSets', 'members', members, { idCount: sets.offsets.length - 1 });
  for (const [side, values] of Object.entries(scales))
    if (values.length !== sets.offsets.length - 1)
      invalid(`nearestSets(scales.${side})`, `${sets.offsets.length - 1} numbers, one per set`, values.length);
  if (range) assertRange('nearestSets(range)', range, sets.offsets.length - 1);
  return runKernel('nearestSets', options, nearestSetsDefinition);
}

/** The definition of `nearestSets` in JavaScript. */
export function nearestSetsDefinition({
  sets,
  members,
  count,
  similarity,
  shrink,
  scales = {},
  range: [begin, end] = [0, sets.offsets.length - 1],
}: NearestSetsOptions): NearestSets {
  const countMembers = (set: number) => sets.offsets[set + 1]! - sets.offsets[set]!;
  const [ids, similarities] = [new Int32Array((end - begin) * count), new Float32Array((end - begin) * count)];
  for (let set = begin; set < end; set++) {
    const first = (set - begin) * count;
    ids.fill(set, first, first + count);
    const own = scales.own?.[set] ?? 1;
    const found =
      similarity === 'product'
        ? [...sumProducts(sets, members, set)]
            .map(([id, sum]) => ({ id, value: sum / (own * (scales.other?.[id] ?? 1) + shrink) }))
            .filter(({ value }) => value > 0)
        : [...countCommon(sets, members, set)].map(([id, common]) => ({
            id,
            value: computeSimilarity(similarity, common, countMembers(set), countMembers(id), shrink),
          }));
    found.sort((one, other) => other.value - one.value || one.id - other.id);
    for (const [place, { id, value }] of found.slice(0, count).entries()) {
      ids[first + place] = id;
      similarities[first + place] = value;
    }
  }
  return { ids, similarities };
}

function assertRange(where: string, [begin, end]: readonly [number, number], count: number): void {
  assertInteger(where, end, { minimum: 0, maximum: count });
  assertInteger(where, begin, { minimum: 0, maximum: end });
}

/** Counts the members that each other set shares with this one. */
function countCommon(sets: SparseRows, members: SparseRows, set: number): Map<number, number> {
  const common = new Map<number, number>();
  for (const member of sliceRow(sets, set))
    for (const other of sliceRow(members, member)) if (other !== set) common.set(other, (common.get(other) ?? 0) + 1);
  return common;
}

/** Sums the products of the weights of the members that each other set shares with this one. */
function sumProducts(sets: WeightedRows, members: WeightedRows, set: number): Map<number, number> {
  const sums = new Map<number, number>();
  for (let entry = sets.offsets[set]!; entry < sets.offsets[set + 1]!; entry++) {
    const member = sets.ids[entry]!;
    for (let at = members.offsets[member]!; at < members.offsets[member + 1]!; at++) {
      const other = members.ids[at]!;
      const product = (sets.weights?.[entry] ?? 1) * (members.weights?.[at] ?? 1);
      if (other !== set) sums.set(other, (sums.get(other) ?? 0) + product);
    }
  }
  return sums;
}

function computeSimilarity(kind: Similarity, common: number, own: number, other: number, shrink: number): number {
  return kind === 'cosine' ? common / (Math.sqrt(own * other) + shrink) : common / (own + other - common + shrink);
}
