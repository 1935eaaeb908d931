import { invalid, RecsysError } from '@footlight/core';
import { assertItem, borrowFlags } from './scratch-flags.js';
import type { RankedQuery } from './types.js';

export interface RankQueryOptions {
  /** One score per item of the catalogue. Infinite scores are allowed, NaN is not. */
  readonly scores: Float32Array | Float64Array; // [item]
  /** Ids of the relevant items, in any order, each once. */
  readonly relevant: ArrayLike<number>;
  /** Ids that are not to be found again, usually the user's history. Repeats do no harm. Default none. */
  readonly excluded?: ArrayLike<number>;
  /**
   * - `none`: excluded items are no candidates; a relevant one among them cannot be reached. Default.
   * - `last`: they stay candidates, below all others and equal to each other, as in Spotlight.
   */
  readonly excludedRank?: 'none' | 'last';
}

const EXCLUDED = 1;
const RELEVANT = 2;

/**
 * Finds where the relevant items of one query stand, without sorting the catalogue: time grows with items · log(relevant).
 *
 * rank = #{candidates with a higher score} + #{equal ones with a lower id}; average rank = #{higher} + (#{equal, itself included} − 1) / 2
 *
 * @throws {RecsysError} `not-finite` if a score is NaN; `invalid-argument` if an id is not in the catalogue or relevant twice
 * @example
 * rankQuery({ scores: Float32Array.of(1, 3, 2, 2), relevant: [0, 3] }) // ranks 2, 3; averageRanks 1.5, 3
 */
export function rankQuery({ scores, relevant, excluded = [], excludedRank = 'none' }: RankQueryOptions): RankedQuery {
  return borrowFlags(scores.length, (marks) => {
    const excludedCount = flagExcluded(marks, excluded, scores.length);
    const reachable = flagRelevant(marks, relevant, scores.length);
    const keptCount = scores.length - excludedCount;
    const found = rankGroups(scores, marks, groupByScore(scores, reachable));
    if (excludedRank === 'last') appendLast(found, marks, relevant, keptCount, excludedCount);
    for (let i = 0; i < excluded.length; i++) marks[excluded[i]!] = 0;
    for (let i = 0; i < relevant.length; i++) marks[relevant[i]!] = 0;
    return {
      ranks: Int32Array.from(found.ranks),
      averageRanks: Float64Array.from(found.averageRanks),
      candidateCount: excludedRank === 'last' ? scores.length : keptCount,
      relevantCount: relevant.length,
    };
  });
}

function flagExcluded(marks: Uint8Array, excluded: ArrayLike<number>, itemCount: number): number {
  let count = 0;
  for (let i = 0; i < excluded.length; i++) {
    const item = excluded[i]!;
    assertItem('rankQuery(excluded)', item, itemCount);
    if (marks[item] === 0) count++;
    marks[item] = EXCLUDED;
  }
  return count;
}

/** Returns the relevant items that are not excluded. */
function flagRelevant(marks: Uint8Array, relevant: ArrayLike<number>, itemCount: number): number[] {
  const reachable: number[] = [];
  for (let i = 0; i < relevant.length; i++) {
    const item = relevant[i]!;
    assertItem('rankQuery(relevant)', item, itemCount);
    if (marks[item]! & RELEVANT) invalid('rankQuery(relevant)', 'every item once', `item ${item} again`);
    if (marks[item] === 0) reachable.push(item);
    marks[item]! |= RELEVANT;
  }
  return reachable;
}

/** Relevant items of equal score: one group per different score, best first. */
interface Groups {
  readonly scores: Float64Array; // [group], falling
  readonly starts: Int32Array; // [group], index of the first relevant item of each group
  readonly relevantCount: number;
}

function groupByScore(scores: ArrayLike<number>, relevant: readonly number[]): Groups {
  const falling = Float64Array.from(relevant, (item) => scores[item]!)
    .sort()
    .reverse();
  const starts = [...falling.keys()].filter((i) => i === 0 || falling[i] !== falling[i - 1]);
  return {
    scores: Float64Array.from(starts, (i) => falling[i]!),
    starts: Int32Array.from(starts),
    relevantCount: relevant.length,
  };
}

interface Found {
  readonly ranks: number[];
  readonly averageRanks: number[];
}

/** One pass over the catalogue counts, for every group, the candidates right above it and those equal to it. */
function rankGroups(scores: Float32Array | Float64Array, marks: Uint8Array, groups: Groups): Found {
  const groupCount = groups.scores.length;
  const above = new Int32Array(groupCount); // candidates between this group and the better one
  const equal = new Int32Array(groupCount);
  const lower = new Int32Array(groups.relevantCount); // equal candidates with a lower id
  const next = groups.starts.slice(); // within a group, relevant items come by in the order of their ids
  const { lowest, scale, starts } = createBins(groups.scores);
  const inBin = new Int32Array(BINS + 1);

  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]!;
    if (score >= lowest) {
      const mark = marks[item]!;
      const bin = findBin(score, lowest, scale);
      if (starts[bin] === starts[bin + 1]) inBin[bin]! += ~mark & EXCLUDED;
      else if (!(mark & EXCLUDED)) {
        const group = findFirstAtMost(groups.scores, score, starts[bin + 1]!, starts[bin]!);
        if (groups.scores[group] !== score) above[group]!++;
        else {
          if (mark === RELEVANT) lower[next[group]!++] = equal[group]!;
          equal[group]!++;
        }
      }
    } else if (Number.isNaN(score)) {
      throw new RecsysError(
        'not-finite',
        `rankQuery(scores): expected a number for every item, received NaN for item ${item}. Did the training diverge?`,
      );
    }
  }
  for (let bin = 0; bin <= BINS; bin++) if (inBin[bin]! > 0) above[starts[bin]!]! += inBin[bin]!;
  return toRanks(groups, above, equal, lower);
}

/**
 * Equal bins from the lowest to the highest score of a group. In most of them no group lies, so that counting what falls in is enough:
 * many times as fast as a search among the groups for every item, each of whose steps is a branch that no processor can predict.
 */
interface Bins {
  readonly lowest: number; // NaN without groups: nothing is ≥ NaN
  readonly scale: number;
  /** For a score in a bin, the first group that is not better lies between starts[bin + 1] and starts[bin], both included. */
  readonly starts: Int32Array; // [bin + 1]
}

const BINS = 1024;

function createBins(falling: Float64Array): Bins {
  const lowest = falling.at(-1) ?? Number.NaN;
  const width = falling[0]! - lowest;
  const scale = width > 0 && width < Infinity ? (BINS - 1) / width : 0; // 0: one bin for all
  const starts = new Int32Array(BINS + 2);
  starts[0] = falling.length;
  for (let bin = 0, group = falling.length; bin <= BINS; bin++) {
    while (group > 0 && findBin(falling[group - 1]!, lowest, scale) <= bin) group--;
    starts[bin + 1] = group; // the first in this bin or a lower one
  }
  return { lowest, scale, starts };
}

/** Never falls as the score rises, whatever the rounding; that is all that `starts` relies on. */
function findBin(score: number, lowest: number, scale: number): number {
  return Math.min((score - lowest) * scale, BINS) | 0;
}

/** Index of the first of the falling scores that is ≤ `score`, given that it lies between `low` and `high`. */
function findFirstAtMost(falling: Float64Array, score: number, low: number, high: number): number {
  let [first, last] = [low, high];
  while (first < last) {
    const middle = (first + last) >>> 1;
    if (falling[middle]! <= score) last = middle;
    else first = middle + 1;
  }
  return first;
}

function toRanks(groups: Groups, above: Int32Array, equal: Int32Array, lower: Int32Array): Found {
  const found: Found = { ranks: [], averageRanks: [] };
  let higher = 0;
  groups.starts.forEach((start, group) => {
    higher += above[group]!;
    const end = groups.starts[group + 1] ?? groups.relevantCount;
    for (let i = start; i < end; i++) {
      found.ranks.push(higher + lower[i]!);
      found.averageRanks.push(higher + (equal[group]! - 1) / 2);
    }
    higher += equal[group]!;
  });
  return found;
}

function appendLast(
  { ranks, averageRanks }: Found,
  marks: Uint8Array,
  relevant: ArrayLike<number>,
  keptCount: number,
  excludedCount: number,
): void {
  if (ranks.length === relevant.length) return;
  let before = 0;
  for (let item = 0; item < keptCount + excludedCount; item++) {
    if (!(marks[item]! & EXCLUDED)) continue;
    if (marks[item]! & RELEVANT) {
      ranks.push(keptCount + before);
      averageRanks.push(keptCount + (excludedCount - 1) / 2);
    }
    before++;
  }
}
