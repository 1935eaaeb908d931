import { assertInteger, invalid } from '@footlight/core';
import { runKernel } from '../run-kernel.js';
import { assertSparseRows, type SparseRows, sliceRow } from '../sparse-rows.js';
import { assertSparseTable, sumSparseRowsDefinition } from './sum-sparse-rows.js';
import { allocateRanks, rejectNaN } from './target-ranks.js';
import type { RankTargetsOptions, TargetRanks } from './types.js';

/**
 * Ranks of the relevant items of many queries in the whole catalogue. Among equal scores, the lower id ranks first.
 *
 * rank = #{candidates with a higher score} + #{candidates with an equal score and a lower id};
 * best rank = #{candidates with a higher score};
 * worst rank = best rank + #{candidates with an equal score, the item itself included} − 1
 *
 * Works on arrays, whatever backend is in use. The kernel of `@footlight/kernels` multiplies a tile of the scores at a
 * time, or adds the rows of a sparse table for one query: its memory does not grow with queries × items.
 *
 * @throws {RecsysError} `invalid-argument` if shapes disagree, an id is not in the catalogue, or a query names a
 *   relevant item twice; `not-finite` if a score is NaN
 * @source ours
 */
export function rankTargets(options: RankTargetsOptions): TargetRanks {
  const { scores, itemCount, seen, relevant, top = 0 } = options;
  assertInteger('rankTargets(itemCount)', itemCount);
  assertInteger('rankTargets(top)', top, { minimum: 0 });
  const queryCount = relevant.offsets.length - 1;
  assertSparseRows('rankTargets', 'seen', seen, { rowCount: queryCount, idCount: itemCount });
  assertSparseRows('rankTargets', 'relevant', relevant, { rowCount: queryCount, idCount: itemCount });
  assertDistinct(relevant);
  assertScores(scores, queryCount, itemCount);
  return runKernel('rankTargets', options, rankTargetsDefinition);
}

/** The definition of `rankTargets` in JavaScript: it sorts the whole catalogue for each query. */
export function rankTargetsDefinition({
  scores,
  itemCount,
  seen,
  relevant,
  seenRank = 'none',
  top = 0,
}: RankTargetsOptions): TargetRanks {
  const length = Math.min(top, itemCount);
  const out = allocateRanks(relevant, length);
  for (let query = 0; query < out.found.length; query++) {
    const row = readScores(scores, query, itemCount);
    const wrongItem = row.findIndex(Number.isNaN);
    if (wrongItem >= 0) rejectNaN(wrongItem);
    const hidden = new Set(sliceRow(seen, query));
    const order = [...row.keys()]
      .filter((item) => !hidden.has(item))
      .sort((a, b) => compareScores(row[a]!, row[b]!) || a - b);
    out.top.set(order.slice(0, length), query * length);
    for (let at = 0; at < Math.min(length, order.length); at++)
      out.topScores[query * length + at] = row[order[at]!]! + 0; // no −0
    const unseenCount = order.length;
    if (seenRank === 'last') order.push(...[...hidden].sort((a, b) => a - b));
    out.candidateCounts[query] = order.length;
    const targets = new Set(sliceRow(relevant, query));
    let entry = relevant.offsets[query]!;
    for (const [rank, item] of order.entries()) {
      if (!targets.has(item)) continue;
      const equal = hidden.has(item)
        ? order.slice(unseenCount)
        : order.slice(0, unseenCount).filter((other) => row[other] === row[item]);
      out.ranks[entry] = rank;
      out.bestRanks[entry] = order.indexOf(equal[0]!);
      out.worstRanks[entry] = out.bestRanks[entry++]! + equal.length - 1;
    }
    out.found[query] = entry - relevant.offsets[query]!;
  }
  return out;
}

function readScores(scores: RankTargetsOptions['scores'], query: number, itemCount: number): Float32Array {
  if ('bags' in scores) return sumSparseRowsDefinition(scores, itemCount, [query, query + 1]);
  if ('rows' in scores) return scores.rows.subarray(query * itemCount, (query + 1) * itemCount);
  const { vectors, table, bias } = scores;
  const dim = table.length / itemCount;
  return Float32Array.from({ length: itemCount }, (_, item) => {
    let sum = 0;
    for (let d = 0; d < dim; d++) sum += vectors[query * dim + d]! * table[item * dim + d]!;
    return sum + (bias?.[item] ?? 0);
  });
}

/** Orders higher scores first, infinite ones included. */
function compareScores(a: number, b: number): number {
  return a === b ? 0 : a > b ? -1 : 1;
}

/** Checks that no query names a relevant item twice. */
function assertDistinct({ offsets, ids }: SparseRows): void {
  for (let query = 0; query + 1 < offsets.length; query++) {
    const [start, end] = [offsets[query]!, offsets[query + 1]!];
    let at = start + 1;
    while (at < end && ids[at - 1]! < ids[at]!) at++;
    if (at >= end) continue; // ascending
    const sorted = ids.slice(start, end).sort();
    const repeated = sorted.find((id, place) => id === sorted[place - 1]);
    if (repeated !== undefined)
      invalid('rankTargets(relevant.ids)', 'each item once per query', `item ${repeated} twice in query ${query}`);
  }
}

function assertScores(scores: RankTargetsOptions['scores'], queryCount: number, itemCount: number): void {
  if ('bags' in scores) {
    const { bags, sparseTable } = scores;
    const rowCount = sparseTable.offsets.length - 1;
    assertSparseRows('rankTargets', 'scores.bags', bags, { rowCount: queryCount, idCount: rowCount });
    assertSparseTable('rankTargets', 'scores.sparseTable', sparseTable, itemCount);
    return;
  }
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
