import { invalid } from '@footlight/core';
import { EXCLUDED, type GroupRanks, RELEVANT, rankGroups } from './rank-groups.js';
import { assertItem, borrowFlags } from './scratch-flags.js';
import type { RankedQuery } from './types.js';

/** Options of `rankQuery`. */
export interface RankQueryOptions {
  /** `[item]`: one score per item of the catalogue. Infinite scores are allowed, NaN is not. */
  readonly scores: Float32Array | Float64Array;
  /** Ids of the relevant items, in any order, each once. */
  readonly relevant: ArrayLike<number>;
  /** Ids of the items that are not recommended, usually the history of the user. Repeats are allowed. Default none. */
  readonly excluded?: ArrayLike<number>;
  /**
   * How excluded items are ranked:
   * - `none`: they are no candidates, so a relevant item among them cannot be reached. Default.
   * - `last`: they are candidates with equal scores below all others, as in Spotlight.
   */
  readonly excludedRank?: 'none' | 'last';
}

/**
 * Ranks the relevant items of one query among all candidates, without sorting the catalogue.
 *
 * $$ b_i = |\{j : s_j > s_i\}|, \qquad r_i = b_i + |\{j : s_j = s_i,\ j < i\}|, \qquad w_i = b_i + |\{j : s_j = s_i\}| - 1 $$
 *
 * r are ranks, b the best and w the worst ranks among equal scores, s scores, and j runs over the candidates. The time
 * grows with items · log(relevant items).
 *
 * @example
 * rankQuery({ scores: Float32Array.of(1, 3, 2, 2), relevant: [0, 3] }) // ranks 2, 3; bestRanks 1, 3; worstRanks 2, 3
 * @throws {RecsysError} `not-finite` if a score is NaN; `invalid-argument` if an id is not in the catalogue, or if a
 *   relevant item is given twice
 */
export function rankQuery({
  scores,
  relevant,
  excluded = [],
  excludedRank = 'none',
}: RankQueryOptions): Required<RankedQuery> {
  return borrowFlags(scores.length, (flags) => {
    const excludedCount = flagExcluded(flags, excluded, scores.length);
    const reachable = flagRelevant(flags, relevant, scores.length);
    const includedCount = scores.length - excludedCount;
    const found = rankGroups(scores, flags, reachable);
    if (excludedRank === 'last') appendExcluded(found, flags, relevant, includedCount, excludedCount);
    for (let i = 0; i < excluded.length; i++) flags[excluded[i]!] = 0;
    for (let i = 0; i < relevant.length; i++) flags[relevant[i]!] = 0;
    return {
      ranks: Int32Array.from(found.ranks),
      bestRanks: Int32Array.from(found.bestRanks),
      worstRanks: Int32Array.from(found.worstRanks),
      candidateCount: excludedRank === 'last' ? scores.length : includedCount,
      relevantCount: relevant.length,
    };
  });
}

/** Flags the excluded items. Returns their number, each item counted once. */
function flagExcluded(flags: Uint8Array, excluded: ArrayLike<number>, itemCount: number): number {
  let count = 0;
  for (let i = 0; i < excluded.length; i++) {
    const item = excluded[i]!;
    assertItem('rankQuery(excluded)', item, itemCount);
    if (flags[item] === 0) count++;
    flags[item] = EXCLUDED;
  }
  return count;
}

/** Flags the relevant items. Returns those that are not excluded. */
function flagRelevant(flags: Uint8Array, relevant: ArrayLike<number>, itemCount: number): number[] {
  const reachable: number[] = [];
  for (let i = 0; i < relevant.length; i++) {
    const item = relevant[i]!;
    assertItem('rankQuery(relevant)', item, itemCount);
    if (flags[item]! & RELEVANT) invalid('rankQuery(relevant)', 'every item once', `item ${item} again`);
    if (flags[item] === 0) reachable.push(item);
    flags[item]! |= RELEVANT;
  }
  return reachable;
}

/** Appends the ranks of the relevant items that are excluded, which share the last ranks. */
function appendExcluded(
  { ranks, bestRanks, worstRanks }: GroupRanks,
  flags: Uint8Array,
  relevant: ArrayLike<number>,
  includedCount: number,
  excludedCount: number,
): void {
  if (ranks.length === relevant.length) return;
  let before = 0;
  for (let item = 0; item < includedCount + excludedCount; item++) {
    if (!(flags[item]! & EXCLUDED)) continue;
    if (flags[item]! & RELEVANT) {
      ranks.push(includedCount + before);
      bestRanks.push(includedCount);
      worstRanks.push(includedCount + excludedCount - 1);
    }
    before++;
  }
}
