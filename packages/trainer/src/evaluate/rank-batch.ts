import { rankTargets, type ScoreProduct, type ScoreRows, type SparseRows } from '@footlight/engine';
import { type RankedQuery, rankQuery, topK } from '@footlight/metrics';
import * as tf from '@tensorflow/tfjs';

/** What is asked about the rankings of a batch. */
export interface RankBatchOptions {
  readonly itemCount: number;
  /** Items of each query that are not to be found again. */
  readonly excluded: readonly Int32Array[];
  /** What is looked for, each item once per query. */
  readonly relevant: readonly Int32Array[];
  readonly excludedRank: 'none' | 'last';
  /** Length of the lists of best items, which leave out what is excluded. 0: none are made. */
  readonly top: number;
}

/** What a ranking says of each query of a batch. */
export interface RankedBatch {
  ranked(query: number): RankedQuery;
  list(query: number): Int32Array;
}

/** Whether products need not be multiplied before they are ranked. */
export function ranksProducts(): boolean {
  return tf.getBackend() === 'native';
}

/** Ranks a batch: on the backend `native` in C++, all queries at once, elsewhere query by query. */
export function rankBatch(scores: ScoreRows | ScoreProduct, options: RankBatchOptions): RankedBatch {
  return ranksProducts() || 'vectors' in scores ? rankTogether(scores, options) : rankEach(scores.rows, options);
}

function rankTogether(
  scores: ScoreRows | ScoreProduct,
  { itemCount, excluded, relevant, excludedRank, top }: RankBatchOptions,
): RankedBatch {
  const wanted = rowsOf(relevant);
  const length = Math.min(top, itemCount);
  const all = rankTargets({
    itemCount,
    scores,
    seen: rowsOf(excluded),
    relevant: wanted,
    seenRank: excludedRank,
    top: length,
  });
  return {
    ranked(query) {
      const [from, to] = [wanted.offsets[query]!, wanted.offsets[query + 1]!];
      const end = from + all.found[query]!;
      return {
        ranks: all.ranks.subarray(from, end),
        averageRanks: all.averageRanks.subarray(from, end),
        candidateCount: all.candidateCounts[query]!,
        relevantCount: to - from,
      };
    },
    list(query) {
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
  const rowOf = (query: number) => scores.subarray(query * itemCount, (query + 1) * itemCount);
  return {
    ranked: (query) =>
      rankQuery({ scores: rowOf(query), excluded: excluded[query]!, relevant: relevant[query]!, excludedRank }),
    list: (query) => topK(rowOf(query), top, excluded[query]!),
  };
}

function rowsOf(lists: readonly Int32Array[]): SparseRows {
  const offsets = new Int32Array(lists.length + 1);
  for (let at = 0; at < lists.length; at++) offsets[at + 1] = offsets[at]! + lists[at]!.length;
  const ids = new Int32Array(offsets[lists.length]!);
  lists.forEach((list, at) => void ids.set(list, offsets[at]));
  return { offsets, ids };
}
