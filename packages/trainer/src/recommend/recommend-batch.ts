import type { Reads } from '@footlight/models';
import type { Lister } from './create-lister.js';
import type { DenseHistory } from './score-history.js';
import type { ScoredUser, UserScorer } from './score-users.js';
import type { Recommender, RecommendOptions, RecommendOutcome, UserOrHistory } from './types.js';

/** A user or a history in dense ids. */
export type DenseQuery = number | DenseHistory;

/** A value, or the error in its place. */
type Attempt<T> = { readonly value: T; readonly error?: never } | { readonly error: Error; readonly value?: never };

/**
 * Creates the function that answers requests together: users, and the histories of models that read them, are scored in
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
  return async (requests) => {
    const prepared = requests.map(({ query, count, options }) =>
      attempt(() => ({ makeList: createLister(count, options), dense: toDense(query) })),
    );
    const batched = prepared.flatMap(({ value }) => (value && isBatched(value.dense) ? [value.dense] : []));
    const together = await scoreInBatches(users, batched);
    let next = 0;
    return prepared.map(({ value, error }, at): RecommendOutcome => {
      if (error) return { error };
      const { dense, makeList } = value;
      const listed = attempt(() => {
        const scored = isBatched(dense) ? unwrap(together[next++]!) : scoreAlone(dense as DenseHistory, scoreHistory);
        const { list, refusal } = makeList(scored);
        return refusal === undefined ? list : refuse(requests[at]!.query, refusal);
      });
      return listed.error ? { error: listed.error } : { recommendations: listed.value };
    });
  };
}

/** Scores in batches of limited size; an error of the model is that of all requests of its batch. */
async function scoreInBatches(users: UserScorer, queries: readonly DenseQuery[]): Promise<Attempt<ScoredUser>[]> {
  const scored: Attempt<ScoredUser>[] = [];
  for (let start = 0; start < queries.length; start += users.batchSize) {
    const chunk = queries.slice(start, start + users.batchSize);
    const toBatched = (query: DenseQuery) => (typeof query === 'number' ? query : query.items);
    try {
      for (const value of await users.score(chunk.map(toBatched))) scored.push({ value });
    } catch (cause) {
      const error = toError(cause);
      scored.push(...chunk.map(() => ({ error })));
    }
  }
  return scored;
}

function scoreAlone(history: DenseHistory, scoreHistory: (history: DenseHistory) => Float32Array): ScoredUser {
  return { history: history.items, scores: scoreHistory(history) };
}

function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (cause) {
    return { error: toError(cause) };
  }
}

function unwrap<T>({ value, error }: Attempt<T>): T {
  if (error) throw error;
  return value as T;
}

const toError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)));
