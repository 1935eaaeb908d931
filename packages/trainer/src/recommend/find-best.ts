import { rankTargets, readValues, tf, toSparseRows } from '@footlight/engine';
import { type ModelInput, toQueries } from './model-input.js';
import type { Predictor } from './predictor.js';

/** The best items of a query. */
export interface BestItems {
  /** Dense ids, best first; equal scores go to the lower id. */
  readonly items: Int32Array;
  /** Their scores. */
  readonly scores: Float32Array;
  /** The number of items that are not hidden. */
  readonly candidateCount: number;
}

/**
 * Finds the best items of a batch by the two factors of the scores. The kernel of the engine multiplies a tile at a
 * time and keeps what may be among the best, so that no scores of the whole catalogue are in memory; the factors are
 * read where they are, not copied.
 *
 * @param hidden items of each query that are not listed: `[query]` lists
 * @param top length of the lists; shorter if fewer items are left
 * @throws {RecsysError} `not-finite` if a score is NaN
 */
export function findBest(
  { vectors, catalogue }: NonNullable<Predictor['products']>,
  itemCount: number,
  input: ModelInput,
  hidden: readonly Int32Array[],
  top: number,
): BestItems[] {
  const length = Math.min(top, itemCount);
  const found: BestItems[] = [];
  // Nothing is returned from tidy, which would search the arrays for tensors.
  tf.tidy(() => {
    const { table, bias } = catalogue();
    const ranks = rankTargets({
      itemCount,
      scores: {
        vectors: readValues(vectors(toQueries(input))), // [batch, dim]
        table: readValues(table), // [item, dim]
        ...(bias && { bias: readValues(bias) }),
      },
      seen: toSparseRows(hidden),
      relevant: toSparseRows(hidden.map(() => [])),
      top: length,
    });
    hidden.forEach((_, query) => {
      const candidateCount = ranks.candidateCounts[query]!;
      const [start, end] = [query * length, query * length + Math.min(length, candidateCount)];
      found.push({
        items: ranks.top.subarray(start, end),
        scores: ranks.topScores.subarray(start, end),
        candidateCount,
      });
    });
  });
  return found;
}
