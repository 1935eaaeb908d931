import { invalid } from '@footlight/core';
import type { Catalogue, Interactions, RatingScale } from '@footlight/datasets';
import type { RatingLoss } from '@footlight/losses';
import { topK } from '@footlight/metrics';
import * as tf from '@tensorflow/tfjs';
import { groupItemsByUser } from './group-items-by-user.js';
import { type Predictor, toModelInput, toQueries } from './predictor.js';

/** Somebody the model knows by id, or anybody by what they liked, oldest first. Original ids of the source. */
export type UserOrHistory = { readonly user: string | number } | { readonly history: readonly (string | number)[] };

export interface RecommendOptions {
  /** Original item ids never to be shown. Default none. */
  readonly exclude?: readonly (string | number)[];
  /** Only these original item ids may be shown. Default all. */
  readonly allow?: readonly (string | number)[];
  /** Whether items of the person's own history may be shown again. Default false. */
  readonly repeat?: boolean;
}

export interface Recommendation {
  readonly item: string | number; // original id
  readonly title: string; // '' if the source has none
  readonly score: number;
  /** In the source's own scale; of models that predict ratings. */
  readonly rating?: number;
}

/** How scores become ratings. */
export interface PredictedRatings {
  /** Its link turns scores into ratings. Default: scores are ratings. */
  readonly loss?: RatingLoss;
  /** The scale in which the model learned ratings. Default: the source's own. */
  readonly scale?: RatingScale;
}

export interface Recommender {
  readonly catalogue: Catalogue;
  /** What the scores come from. */
  readonly predictor: Predictor;
  /** Present if the model predicts ratings. */
  readonly ratings?: PredictedRatings;
  /** What the model knows of its users; nothing of it is recommended again. */
  readonly known: Interactions;
  /**
   * The best items, best first; equal scores go to the lower dense id. Fewer than `count` if fewer are allowed.
   *
   * @throws {RecsysError} `invalid-argument` for unknown users or items
   */
  recommend(person: UserOrHistory, count: number, options?: RecommendOptions): Promise<Recommendation[]>;
  /**
   * The rating that a person would give to an item, in the source's own scale; it may lie a little outside of it.
   *
   * @throws {RecsysError} `invalid-argument` for unknown users or items, or a model that does not predict ratings
   */
  predict(person: UserOrHistory, item: string | number): Promise<number>;
  /**
   * The items whose vectors have the largest cosine with that of `item`, which itself is left out.
   *
   * @throws {RecsysError} `invalid-argument` for an unknown item, or a model without item vectors
   */
  similarItems(item: string | number, count: number): Promise<Recommendation[]>;
  /** Original ids of what a user did before, oldest first. */
  getHistory(user: string | number): (string | number)[];
  /**
   * The original id of an item, given its id, its title, or a part of its title that no other title has. Case does not matter.
   *
   * @throws {RecsysError} `invalid-argument` if there is none or more than one
   */
  findItem(text: string | number): string | number;
}

/** Answers questions from a trained model. `known` are the interactions it was trained on, or those seen since; `ratings` for models that predict them. */
export function createRecommender(predictor: Predictor, known: Interactions, ratings?: PredictedRatings): Recommender {
  const { catalogue } = known;
  const historyOfUser = groupItemsByUser(known);
  const userOf = indexOf(catalogue.userIds, 'user');
  const itemOf = indexOf(catalogue.itemIds, 'item');

  const present = (
    scores: Float32Array,
    count: number,
    hidden: Int32Array,
    rated?: PredictedRatings,
  ): Recommendation[] =>
    Array.from(topK(scores, count, hidden))
      .filter((item) => item >= 0)
      .map((item) => ({
        item: catalogue.itemIds[item]!,
        title: catalogue.itemTitles?.[item] ?? '',
        score: scores[item]!,
        ...(rated ? { rating: ratingOf(scores[item]!, rated) } : {}),
      }));

  const scoresOf = (person: UserOrHistory): { scores: Float32Array; history: Int32Array } => {
    if ('user' in person) {
      const user = userOf(person.user);
      const history = historyOfUser(user);
      return {
        history,
        scores: readNow(() =>
          predictor.score(toQueries(toModelInput([history], predictor.reads, Int32Array.of(user)))),
        ),
      };
    }
    const history = Int32Array.from(person.history, itemOf);
    const score =
      predictor.scoreHistory ??
      invalid(
        'recommend(person)',
        'a user id, since this model cannot read a history',
        'a history',
        'Ask for { user }.',
      );
    return { history, scores: readNow(() => score(history)) };
  };

  return {
    catalogue,
    predictor,
    known,
    ...(ratings ? { ratings } : {}),
    async recommend(person, count, { exclude = [], allow, repeat = false } = {}) {
      assertCount('recommend(count)', count);
      const { scores, history } = scoresOf(person);
      const hidden = new Set<number>([...exclude.map(itemOf), ...(repeat ? [] : history)]);
      if (allow) {
        const allowed = new Set(allow.map(itemOf));
        for (let item = 0; item < catalogue.itemCount; item++) if (!allowed.has(item)) hidden.add(item);
      }
      return present(scores, count, Int32Array.from(hidden), ratings);
    },
    async predict(person, item) {
      const dense = itemOf(item);
      if (!ratings)
        invalid(
          'predict',
          'a model that predicts ratings',
          'one that ranks items',
          'Train with squaredLoss(), or ask recommend().',
        );
      return ratingOf(scoresOf(person).scores[dense]!, ratings);
    },
    async similarItems(item, count) {
      assertCount('similarItems(count)', count);
      const dense = itemOf(item);
      const vectorsOf =
        predictor.itemVectors ??
        invalid('similarItems', 'a model with item vectors', 'one without', 'Try factorization.');
      const cosines = readNow(() => {
        const vectors = tf.div(vectorsOf(), tf.maximum(tf.norm(vectorsOf(), 2, 1, true), 1e-12)); // [item, dim], of length 1
        return tf.matMul(tf.slice(vectors, [dense, 0], [1, -1]) as tf.Tensor2D, vectors as tf.Tensor2D, false, true); // [1, item]
      });
      return present(cosines, count, Int32Array.of(dense));
    },
    getHistory: (user) => Array.from(historyOfUser(userOf(user)), (item) => catalogue.itemIds[item]!),
    findItem: (text) => findItem(catalogue, text),
  };
}

function assertCount(where: string, count: number): void {
  if (!Number.isSafeInteger(count) || count < 1) invalid(where, 'a positive integer', count);
}

/** A score as a rating of the source. */
function ratingOf(score: number, { loss, scale }: PredictedRatings): number {
  const rating = loss ? readNow(() => loss.link(tf.tensor1d([score])))[0]! : score;
  return scale ? scale.toSource(rating) : rating;
}

function readNow(compute: () => tf.Tensor): Float32Array {
  const tensor = tf.tidy(compute);
  const values = tensor.dataSync().slice() as Float32Array;
  tensor.dispose();
  return values;
}

/** From original ids to dense ones; `7` and `'7'` are the same id, since ids typed by people are text. */
function indexOf(ids: ArrayLike<string | number>, what: string): (original: string | number) => number {
  let index: Map<string, number> | undefined;
  return (original) => {
    index ??= new Map(Array.from(ids, (id, dense) => [String(id), dense]));
    return (
      index.get(String(original)) ??
      invalid(
        `recommend(${what})`,
        `an ${what} id of the catalogue`.replace('an user', 'a user'),
        original,
        'Ids are those of the source.',
      )
    );
  };
}

function findItem({ itemIds, itemTitles = [] }: Catalogue, text: string | number): string | number {
  const wanted = String(text).trim().toLowerCase();
  const dense = Array.from(itemIds, String).indexOf(String(text).trim());
  if (dense >= 0) return itemIds[dense]!;
  const exact = itemTitles.findIndex((title) => title.toLowerCase() === wanted);
  if (exact >= 0) return itemIds[exact]!;
  const matches =
    wanted === '' ? [] : [...itemTitles.keys()].filter((item) => itemTitles[item]!.toLowerCase().includes(wanted));
  if (matches.length === 1) return itemIds[matches[0]!]!;
  const some = matches.slice(0, 5).map((item) => `${itemTitles[item]} (id ${itemIds[item]})`);
  return invalid(
    'findItem',
    'an item id or a text that one title contains',
    `"${text}", which ${matches.length === 0 ? 'none' : `${matches.length}`} contain`,
    some.length ? `Among them: ${some.join('; ')}.` : 'Check the spelling.',
  );
}
