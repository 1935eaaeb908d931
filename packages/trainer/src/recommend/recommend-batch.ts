import type { Reads } from '@footlight/models';
import type { Lister } from './create-lister.js';
import { attempt, listQueries } from './list-queries.js';
import type { DenseHistory } from './score-history.js';
import type { UserScorer } from './score-users.js';
import type { Recommender, RecommendOptions, RecommendOutcome, UserOrHistory } from './types.js';

/** A user or a history in dense ids. */
export type DenseQuery = number | DenseHistory;

/**
 * Creates the function that answers requests together: users, and the histories of models that read them, are listed in
 * batches; the histories of models of user ids are folded in one by one.
 *
 * @param refuse throws the error of a request that the model cannot answer
 */
export function createBatchRecommender(
  reads: Reads,
  users: UserScorer,
  scoreHistory: (history: DenseHistory) => Float32Array,
  createLister: (count: number, options?: RecommendOptions) => Lister,
  toDense: (query: UserOrHistory) => DenseQuery,
  refuse: (query: UserOrHistory, refusal: string) => never,
): Recommender['recommendBatch'] {
  const isBatched = (query: DenseQuery) =>
    typeof query === 'number' || (reads !== 'user' && query.ratings === undefined);
  const toBatched = (query: DenseQuery) => (typeof query === 'number' ? query : query.items);
  return async (requests) => {
    const prepared = requests.map(({ query, count, options }) =>
      attempt(() => ({ lister: createLister(count, options), dense: toDense(query) })),
    );
    const together = await listQueries(
      users,
      prepared.flatMap(({ value }) =>
        value && isBatched(value.dense) ? [{ query: toBatched(value.dense), lister: value.lister }] : [],
      ),
    );
    let next = 0;
    return prepared.map(({ value, error }, at): RecommendOutcome => {
      if (error) return { error };
      const { dense, lister } = value;
      const listed = isBatched(dense)
        ? together[next++]!
        : attempt(() => {
            const { items } = dense as DenseHistory;
            return lister.fromScores({ history: items, scores: scoreHistory(dense as DenseHistory) });
          });
      if (listed.error) return { error: listed.error };
      const { list, refusal } = listed.value;
      if (refusal === undefined) return { recommendations: list };
      return { error: attempt(() => refuse(requests[at]!.query, refusal)).error! };
    });
  };
}
