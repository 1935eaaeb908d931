import { hasFusedRanking, type RankTargetsOptions, rankTargets, toSparseRows } from '@footlight/engine';
import { type RankedQuery, rankQuery, topK } from '@footlight/metrics';

/** What is ranked for a batch of queries. */
export interface RankBatchOptions {
  readonly itemCount: number;
  /** Items of each query that are not recommended again: `[query]` lists. */
  readonly excluded: readonly Int32Array[];
  /** Relevant items of each query, without repeats: `[query]` lists. */
  readonly relevant: readonly Int32Array[];
  /** Whether excluded items are no candidates, or rank below all others. */
  readonly excludedRank: 'none' | 'last';
  /** Length of the lists of best items, which leave out excluded items. 0: no lists. */
  readonly top: number;
}

/** The rankings of a batch, by position of the query in the batch. */
export interface RankedBatch {
  readRanks(query: number): Required<RankedQuery>;
  /** Best items, best first; shorter than `top` if no candidate is left. */
  readList(query: number): Int32Array;
}

/** Ranks a batch: all queries at once where the engine has a kernel for it, else query by query. */
export function rankBatch(scores: RankTargetsOptions['scores'], options: RankBatchOptions): RankedBatch {
  return hasFusedRanking() || !('rows' in scores) ? rankTogether(scores, options) : rankEach(scores.rows, options);
}

function rankTogether(
  scores: RankTargetsOptions['scores'],
  { itemCount, excluded, relevant, excludedRank, top }: RankBatchOptions,
): RankedBatch {
  const wanted = toSparseRows(relevant);
  const length = Math.min(top, itemCount);
  const all = rankTargets({
    itemCount,
    scores,
    seen: toSparseRows(excluded),
    relevant: wanted,
    seenRank: excludedRank,
    top: length,
  });
  return {
    readRanks(query) {
      const [from, to] = [wanted.offsets[query]!, wanted.offsets[query + 1]!];
      const end = from + all.found[query]!;
      return {
        ranks: all.ranks.subarray(from, end),
        bestRanks: all.bestRanks.subarray(from, end),
        worstRanks: all.worstRanks.subarray(from, end),
        candidateCount: all.candidateCounts[query]!,
        relevantCount: to - from,
      };
    },
    readList(query) {
      const whole = all.top.subarray(query * length, (query + 1) * length);
      const end = whole.indexOf(-1);
      return end < 0 ? whole : whole.subarray(0, end);
    },
  };
}

function rankEach(
  scores: Float32Array,
  { itemCount, excluded, relevant, excludedRank, top }: RankBatchOptions,
): RankedBatch {
  const readRow = (query: number) => scores.subarray(query * itemCount, (query + 1) * itemCount);
  return {
    readRanks: (query) =>
      rankQuery({ scores: readRow(query), excluded: excluded[query]!, relevant: relevant[query]!, excludedRank }),
    readList: (query) => topK(readRow(query), top, excluded[query]!),
  };
}
