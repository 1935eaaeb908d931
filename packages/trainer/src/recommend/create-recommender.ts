import { invalid, omitUndefined } from '@footlight/core';
import type { Catalogue, Interactions } from '@footlight/datasets';
import { topK } from '@footlight/metrics';
import * as tf from '@tensorflow/tfjs';
import { createIdLookup, findItem } from './find-item.js';
import { groupItemsByUser } from './group-items-by-user.js';
import { toModelInput, toQueries } from './model-input.js';
import type { Predictor } from './predictor.js';
import type { PredictedRatings, Recommendation, Recommender, UserOrHistory } from './types.js';

/**
 * Creates a recommender from a trained model: recommendations, predicted ratings and similar items by original ids.
 *
 * @param known the interactions that the model was trained on, or those observed since
 * @param ratings how scores become ratings, for models that predict ratings
 * @example
 * const recommender = createRecommender(createPredictor(network), train);
 */
export function createRecommender(predictor: Predictor, known: Interactions, ratings?: PredictedRatings): Recommender {
  const { catalogue } = known;
  const readHistory = groupItemsByUser(known);
  const lookUpUser = createIdLookup(catalogue.userIds, 'user');
  const lookUpItem = createIdLookup(catalogue.itemIds, 'item');

  /** Scores of the whole catalogue `[item]`, and the user's items. */
  const scoreItems = (query: UserOrHistory): { scores: Float32Array; history: Int32Array } => {
    if ('user' in query) {
      const user = lookUpUser(query.user);
      const history = readHistory(user);
      const input = toModelInput([history], predictor.reads, Int32Array.of(user));
      return { history, scores: computeNow(() => predictor.score(toQueries(input))) };
    }
    const history = Int32Array.from(query.history, lookUpItem);
    const score =
      predictor.scoreHistory ??
      invalid(
        'recommend(history)',
        'a user id, since this model cannot read a history',
        'a history',
        'Name a user of the training data instead.',
      );
    return { history, scores: computeNow(() => score(history)) };
  };

  return {
    catalogue,
    predictor,
    known,
    ...omitUndefined({ ratings }),
    async recommend(query, count, { exclude = [], allow, repeat = false } = {}) {
      assertCount('recommend(count)', count);
      const { scores, history } = scoreItems(query);
      const hidden = new Set<number>([...exclude.map(lookUpItem), ...(repeat ? [] : history)]);
      if (allow) {
        const allowed = new Set(allow.map(lookUpItem));
        for (let item = 0; item < catalogue.itemCount; item++) if (!allowed.has(item)) hidden.add(item);
      }
      return listBest(catalogue, scores, count, Int32Array.from(hidden), ratings);
    },
    async predict(query, item) {
      const dense = lookUpItem(item);
      if (!ratings)
        invalid(
          'predict',
          'a model that predicts ratings',
          'one that ranks items',
          'Train with squaredLoss(), or call recommend().',
        );
      return toRating(scoreItems(query).scores[dense]!, ratings);
    },
    async similarItems(item, count) {
      assertCount('similarItems(count)', count);
      const dense = lookUpItem(item);
      const readVectors =
        predictor.itemVectors ??
        invalid('similarItems', 'a model with item vectors', 'one without', 'Try factorization.');
      const cosines = computeNow(() => computeCosines(readVectors(), dense));
      return listBest(catalogue, cosines, count, Int32Array.of(dense));
    },
    getHistory: (user) => Array.from(readHistory(lookUpUser(user)), (item) => catalogue.itemIds[item]!),
    findItem: (text) => findItem(catalogue, text),
  };
}

function listBest(
  { itemIds, itemTitles }: Catalogue,
  scores: Float32Array,
  count: number,
  hidden: Int32Array,
  ratings?: PredictedRatings,
): Recommendation[] {
  return Array.from(topK(scores, count, hidden))
    .filter((item) => item >= 0)
    .map((item) => ({
      item: itemIds[item]!,
      title: itemTitles?.[item] ?? '',
      score: scores[item]!,
      ...omitUndefined({ rating: ratings && toRating(scores[item]!, ratings) }),
    }));
}

/** @shape vectors `[item, dim]` → cosines with one item, `[1, item]` */
function computeCosines(vectors: tf.Tensor2D, item: number): tf.Tensor2D {
  const unit = tf.div(vectors, tf.maximum(tf.norm(vectors, 2, 1, true), 1e-12)) as tf.Tensor2D; // [item, dim]
  return tf.matMul(tf.slice(unit, [item, 0], [1, -1]) as tf.Tensor2D, unit, false, true);
}

function assertCount(where: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 1) invalid(where, 'a positive integer', count);
}

/** Converts a score to a rating of the source. */
function toRating(score: number, { loss, scale }: PredictedRatings): number {
  const rating = loss ? computeNow(() => loss.link(tf.tensor1d([score])))[0]! : score;
  return scale ? scale.toSource(rating) : rating;
}

function computeNow(compute: () => tf.Tensor): Float32Array {
  const tensor = tf.tidy(compute);
  const values = tensor.dataSync().slice() as Float32Array;
  tensor.dispose();
  return values;
}
