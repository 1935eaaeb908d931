import { assertInteger, invalid, RecsysError } from '@footlight/core';
import { loadNativeKernels } from '../backends/native/load-kernels.js';
import type { SparseRows } from './solve-least-squares.js';

export interface RankTargetsOptions {
  readonly itemCount: number;
  /** Items of each query that are not to be found again. Repeats do no harm. */
  readonly seen: SparseRows;
  /** What is looked for, each item once per query. */
  readonly relevant: SparseRows;
  /** Seen items are no candidates (`none`, the default), or stand below all others, equal to each other (`last`). */
  readonly seenRank?: 'none' | 'last';
  /** Length of the lists of best items. Default 0. */
  readonly top?: number;
  readonly scores: ScoreRows | ScoreProduct;
}

/** Scores that are there. */
export interface ScoreRows {
  readonly rows: Float32Array; // [query, item]
}

/** Scores that are products of vectors. */
export interface ScoreProduct {
  readonly vectors: Float32Array; // [query, dim]
  readonly table: Float32Array; // [item, dim]
  readonly bias?: Float32Array; // [item]
}

export interface TargetRanks {
  /** Per query, where its entries of `relevant` lie, the `found` ranks best first, then −1. */
  readonly ranks: Int32Array; // [entry]
  /** The same with equal scores sharing their places. */
  readonly averageRanks: Float64Array; // [entry]
  /** Relevant items that could be reached. */
  readonly found: Int32Array; // [query]
  readonly candidateCounts: Int32Array; // [query]
  /** Ids of the best items, best first, then −1. */
  readonly top: Int32Array; // [query, top]
}

/**
 * Where the relevant items of many queries stand in the whole catalogue; equal scores go to the lower id.
 *
 * rank = #{candidates with a higher score} + #{equal ones with a lower id}; average rank = #{higher} + (#{equal, itself included} − 1) / 2
 *
 * Runs on memory, on no tfjs backend. In C++, where `@footlight/native` is there, products are made a tile at a time: memory does not grow with queries × items.
 *
 * @throws {RecsysError} `invalid-argument` if shapes disagree or an id is not in the catalogue; `not-finite` if a score is NaN
 * @source ours
 */
export function rankTargets(options: RankTargetsOptions): TargetRanks {
  const { scores, itemCount, seen, relevant, seenRank = 'none', top = 0 } = options;
  assertInteger('rankTargets(itemCount)', itemCount);
  const queryCount = relevant.offsets.length - 1;
  for (const [name, rows] of [
    ['seen', seen],
    ['relevant', relevant],
  ] as const)
    assertRows(`rankTargets(${name})`, rows, queryCount, itemCount);
  assertScores(scores, queryCount, itemCount);
  const kernels = loadNativeKernels();
  if (!kernels) return rankTargetsDefinition(options);
  const out = room(relevant, Math.min(top, itemCount));
  const rest = [
    ...([
      seen.offsets,
      seen.ids,
      relevant.offsets,
      relevant.ids,
      seenRank === 'last',
      Math.min(top, itemCount),
    ] as const),
    ...([out.ranks, out.averageRanks, out.found, out.candidateCounts, out.top] as const),
  ] as const;
  const strange =
    'rows' in scores
      ? kernels.rankScores(scores.rows, queryCount, itemCount, ...rest)
      : kernels.rankTargets(
          scores.vectors,
          scores.table,
          scores.bias,
          queryCount,
          itemCount,
          scores.table.length / itemCount,
          ...rest,
        );
  if (strange >= 0) refuseNaN(strange);
  return out;
}

/** What the C++ does. */
export function rankTargetsDefinition({
  scores,
  itemCount,
  seen,
  relevant,
  seenRank = 'none',
  top = 0,
}: RankTargetsOptions): TargetRanks {
  const length = Math.min(top, itemCount);
  const out = room(relevant, length);
  for (let query = 0; query < out.found.length; query++) {
    const row = readScores(scores, query, itemCount);
    const strange = row.findIndex(Number.isNaN);
    if (strange >= 0) refuseNaN(strange);
    const hidden = new Set(idsOf(seen, query));
    const order = [...row.keys()]
      .filter((item) => !hidden.has(item))
      .sort((a, b) => compare(row[a]!, row[b]!) || a - b);
    out.top.set(order.slice(0, length), query * length);
    const kept = order.length;
    if (seenRank === 'last') order.push(...[...hidden].sort((a, b) => a - b));
    out.candidateCounts[query] = order.length;
    const wanted = new Set(idsOf(relevant, query));
    let entry = relevant.offsets[query]!;
    for (const [rank, item] of order.entries()) {
      if (!wanted.has(item)) continue;
      const equal = hidden.has(item)
        ? order.slice(kept)
        : order.slice(0, kept).filter((other) => row[other] === row[item]);
      out.ranks[entry] = rank;
      out.averageRanks[entry++] = order.indexOf(equal[0]!) + (equal.length - 1) / 2;
    }
    out.found[query] = entry - relevant.offsets[query]!;
  }
  return out;
}

function room({ offsets, ids }: SparseRows, top: number): TargetRanks {
  const queryCount = offsets.length - 1;
  return {
    ranks: new Int32Array(ids.length).fill(-1),
    averageRanks: new Float64Array(ids.length).fill(-1),
    found: new Int32Array(queryCount),
    candidateCounts: new Int32Array(queryCount),
    top: new Int32Array(queryCount * top).fill(-1),
  };
}

function readScores(scores: ScoreRows | ScoreProduct, query: number, itemCount: number): Float32Array {
  if ('rows' in scores) return scores.rows.subarray(query * itemCount, (query + 1) * itemCount);
  const { vectors, table, bias } = scores;
  const dim = table.length / itemCount;
  return Float32Array.from({ length: itemCount }, (_, item) => {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += vectors[query * dim + d]! * table[item * dim + d]!;
    return sum + (bias?.[item] ?? 0);
  });
}

/** Higher scores first, infinite ones included. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

function idsOf({ offsets, ids }: SparseRows, query: number): Int32Array {
  return ids.subarray(offsets[query], offsets[query + 1]);
}

function assertRows(where: string, { offsets, ids }: SparseRows, queryCount: number, itemCount: number): void {
  if (offsets.length !== queryCount + 1) invalid(`${where}.offsets`, `${queryCount + 1} numbers`, offsets.length);
  const ascending = offsets.every((offset, at) => offset >= (at === 0 ? 0 : offsets[at - 1]!));
  if (offsets[0] !== 0 || !ascending || offsets.at(-1) !== ids.length)
    invalid(`${where}.offsets`, `0, then ascending to the ${ids.length} entries`, 'others');
  const stranger = ids.find((id) => !(id >= 0 && id < itemCount));
  if (stranger !== undefined) invalid(where, `ids from 0 to ${itemCount - 1}`, stranger);
}

function assertScores(scores: ScoreRows | ScoreProduct, queryCount: number, itemCount: number): void {
  if ('rows' in scores) {
    if (scores.rows.length !== queryCount * itemCount)
      invalid('rankTargets(scores.rows)', `${queryCount * itemCount} numbers`, scores.rows.length);
    return;
  }
  const dim = scores.table.length / itemCount;
  if (!Number.isInteger(dim) || dim === 0)
    invalid('rankTargets(scores.table)', `rows for ${itemCount} items`, scores.table.length);
  if (scores.vectors.length !== queryCount * dim)
    invalid('rankTargets(scores.vectors)', `${queryCount * dim} numbers`, scores.vectors.length);
  if (scores.bias && scores.bias.length !== itemCount)
    invalid('rankTargets(scores.bias)', `${itemCount} numbers`, scores.bias.length);
}

function refuseNaN(item: number): never {
  throw new RecsysError(
    'not-finite',
    `rankTargets(scores): expected a number for every item, received NaN for item ${item}. Did the training diverge?`,
  );
}
