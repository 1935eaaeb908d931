import { assertInteger, invalid, omitUndefined } from '@footlight/core';
import type { Interactions } from '@footlight/datasets';
import { tf } from '@footlight/engine';
import { disposeParameters } from '@footlight/layers';
import { createHistoryReader } from './create-history-reader.js';
import { createIdLookup, type IdLookup } from './create-id-lookup.js';
import { createListers } from './create-lister.js';
import { findItem } from './find-item.js';
import { groupItemsByUser } from './group-items-by-user.js';
import { inChunks } from './in-chunks.js';
import { listBest } from './list-best.js';
import { listQueries } from './list-queries.js';
import { createRatingConverter, findRatingRange } from './predicted-ratings.js';
import type { Predictor } from './predictor.js';
import { createBatchRecommender, type DenseQuery } from './recommend-batch.js';
import { compute, createHistoryScorer } from './score-history.js';
import { createUserScorer, type ScoredUser } from './score-users.js';
import type {
  Id,
  ManyUsers,
  PredictedRatings,
  Recommendation,
  Recommender,
  RecommendOptions,
  UserOrHistory,
} from './types.js';

/**
 * Creates a recommender from a trained model: recommendations, predicted ratings and similar items by original ids.
 *
 * @param known the interactions that the model was trained on, or those observed since
 * @param ratings how scores become ratings, for models that predict ratings
 * @param untrainedUsers dense ids of users of `known` whom a model of user ids was not trained on; their histories are
 *   folded in
 * @param withoutHistories whether `known` lacks the histories and ids of its users: ids of users are then refused
 * @example
 * const recommender = createRecommender(createPredictor(network), train);
 */
export function createRecommender(
  predictor: Predictor,
  known: Interactions,
  ratings?: PredictedRatings,
  untrainedUsers?: Int32Array,
  withoutHistories = false,
): Recommender {
  const { catalogue } = known;
  const readHistory = groupItemsByUser(known);
  const lookUpUser = withoutHistories ? refuseUsers : createIdLookup(catalogue.userIds, 'user');
  const lookUpItem = createIdLookup(catalogue.itemIds, 'item');
  const ratingRange = ratings && findRatingRange(known, ratings);
  const scoreHistory = createHistoryScorer(predictor, known, ratings);
  const untrained = new Set(untrainedUsers);
  const users = createUserScorer(predictor, catalogue, readHistory, scoreHistory, {
    has: (user) => untrained.has(user),
    readHistory: createHistoryReader(known, ratings?.loss !== undefined),
  });
  const createConverter = (where: string, clip = false) => createRatingConverter(where, ratings, ratingRange, clip);

  const toDense = (query: UserOrHistory): DenseQuery => {
    if ('user' in query) return lookUpUser(query.user);
    return { items: Int32Array.from(query.history, (item) => lookUpItem(item)), ratings: query.ratings };
  };

  /** Scores of the whole catalogue for a user or a history, and the user's items. */
  const scoreQuery = async (query: UserOrHistory): Promise<ScoredUser> => {
    const dense = toDense(query);
    if (typeof dense === 'number') return (await users.score([dense]))[0]!;
    return { history: dense.items, scores: scoreHistory(dense) };
  };

  const createLister = createListers(predictor, known, lookUpItem, (clip) =>
    ratings || clip ? createConverter('recommend(clip)', clip) : undefined,
  );

  const recommendBatch = createBatchRecommender(
    predictor.reads,
    users,
    scoreHistory,
    createLister,
    toDense,
    (query, refusal) => refuse('user' in query ? `user ${query.user}` : 'this history', refusal),
  );

  async function recommend(query: ManyUsers, count: number, options?: RecommendOptions): Promise<Recommendation[][]>;
  async function recommend(query: UserOrHistory, count: number, options?: RecommendOptions): Promise<Recommendation[]>;
  async function recommend(
    query: UserOrHistory | ManyUsers,
    count: number,
    options?: RecommendOptions,
  ): Promise<Recommendation[] | Recommendation[][]> {
    if ('users' in query) {
      const lists: Recommendation[][] = [];
      for await (const { user, recommendations, refusal } of recommendEach(query.users, count, options))
        lists.push(refusal === undefined ? [...recommendations] : refuse(`user ${user}`, refusal));
      return lists;
    }
    const [outcome] = await recommendBatch([{ query, count, ...omitUndefined({ options }) }]);
    if (outcome!.error) throw outcome!.error;
    return [...outcome!.recommendations];
  }

  async function* recommendEach(
    ids: Iterable<Id> | AsyncIterable<Id>,
    count: number,
    options?: RecommendOptions,
  ): ReturnType<Recommender['recommendEach']> {
    const lister = createLister(count, options);
    for await (const chunk of inChunks(ids, lister.best ? users.listsPerBatch : users.batchSize)) {
      const listed = await listQueries(
        users,
        chunk.map((id) => ({ query: lookUpUser(id), lister })),
      );
      for (const [at, { value, error }] of listed.entries()) {
        if (error) throw error;
        const { list: recommendations, ...refusal } = value;
        yield { user: chunk[at]!, recommendations, ...refusal };
      }
    }
  }

  return {
    catalogue,
    predictor,
    known,
    ...omitUndefined({ ratings, ratingRange, untrainedUsers }),
    ...(withoutHistories && { withoutHistories }),
    recommend,
    recommendBatch,
    recommendEach,
    async predict(query, item, { clip } = {}) {
      const dense = lookUpItem(item);
      const toRatings = createConverter('predict', clip);
      const { scores, refusal } = await scoreQuery(query);
      if (refusal !== undefined) refuse('user' in query ? `user ${query.user}` : 'this history', refusal);
      return toRatings([scores[dense]!])[0]!;
    },
    async *predictEach(pairs, { clip } = {}) {
      const toRatings = createConverter('predict', clip);
      for await (const chunk of inChunks(pairs, users.pairsPerBatch)) {
        const dense = chunk.map(([user, item]) => [lookUpUser(user), lookUpItem(item)] as const);
        const scored = await users.scorePairs(dense);
        for (const [at, { refusal }] of scored.entries())
          if (refusal !== undefined) refuse(`user ${chunk[at]![0]}`, refusal);
        yield* toRatings(scored.map(({ score }) => score));
      }
    },
    async similarItems(item, count) {
      assertInteger('similarItems(count)', count);
      const dense = lookUpItem(item);
      const { similarities, itemVectors } = predictor;
      if (similarities) {
        const values = compute(() => similarities(dense));
        const without = [dense, ...values.keys()].filter((other) => other === dense || values[other] === 0);
        return listBest(catalogue, values, count, without);
      }
      const readVectors =
        itemVectors ?? invalid('similarItems', 'a model with item vectors', 'one without', 'Try factorization.');
      const cosines = compute(() => computeCosines(readVectors(), dense));
      return listBest(catalogue, cosines, count, [dense]);
    },
    getHistory: (user) => Array.from(readHistory(lookUpUser(user)), (item) => catalogue.itemIds[item]!),
    has: (kind, id) => (kind === 'user' ? lookUpUser : lookUpItem).has(id),
    findItem: (text) => findItem(catalogue, text),
    dispose: () => disposeParameters(predictor.parameters),
  };
}

/** Looks users up in a model that was saved without them. */
const refuseUsers: IdLookup = Object.assign(
  (id: Id): never =>
    invalid(
      'recommend(user)',
      'a history, since this model was saved without users',
      `the user ${id}`,
      'Give the items of the user in history.',
    ),
  { has: () => false },
);

function refuse(who: string, received: string): never {
  return invalid(
    'recommend',
    `a model that can rank items for ${who}`,
    received,
    'It has learned nothing from these items, or it ranks for no user: give more items, or try another model.',
  );
}

/** @shape vectors `[item, dim]` → cosines with one item, `[1, item]` */
function computeCosines(vectors: tf.Tensor2D, item: number): tf.Tensor2D {
  const unit = tf.div(vectors, tf.maximum(tf.norm(vectors, 2, 1, true), 1e-12)) as tf.Tensor2D; // [item, dim]
  return tf.matMul(tf.slice(unit, [item, 0], [1, -1]) as tf.Tensor2D, unit, false, true);
}
