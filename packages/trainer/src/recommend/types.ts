// structure: the questions and answers of a recommender are one contract
import type { Catalogue, Interactions, RatingScale } from '@footlight/datasets';
import type { RatingLoss } from '@footlight/losses';
import type { Predictor } from './predictor.js';

/** An original id of the source. */
export type Id = string | number;

/** A user that the model was trained on, or the items of any user, oldest first; original ids of the source. */
export type UserOrHistory =
  | { readonly user: Id }
  | {
      readonly history: readonly Id[];
      /**
       * The user's rating of each item, in the scale of the source: required by models of user ids that were trained
       * with a rating loss, and refused by others, which read none.
       */
      readonly ratings?: readonly number[];
    };

/** Several users that the model was trained on. */
export interface ManyUsers {
  readonly users: readonly Id[];
}

export interface PredictOptions {
  /** Whether predicted ratings are limited to the scale, `Recommender.ratingRange`. Default false. */
  readonly clip?: boolean;
}

export interface RecommendOptions extends PredictOptions {
  /** Original ids of items that are never recommended. Default none. */
  readonly exclude?: readonly Id[];
  /** Original ids of the only items that may be recommended. Default all. */
  readonly allow?: readonly Id[];
  /** Whether items of the user's own history may be recommended again. Default false. */
  readonly repeat?: boolean;
  /**
   * Values that items must have, by field of their features: one of the values of each field, e.g.
   * `{ genre: ['Comedy', 'Drama'], year: '1995' }`. Default none.
   */
  readonly filter?: Readonly<Record<string, Id | readonly Id[]>>;
  /**
   * How much the list is diversified by maximal marginal relevance, from 0 (not at all) to 1: each place goes to the
   * item with the largest (1 − d) · relevance − d · (greatest cosine with the items above it), among the best
   * max(100, 5 · count) items, whose scores are scaled to relevance from 0 to 1. Needs item vectors. Default 0.
   */
  readonly diversity?: number;
  /**
   * How much popular items are discounted, from 0: items are ranked by
   * $s_i − d · σ · \ln(1 + n_i) / \ln(1 + n_{max})$, with σ the standard deviation of the scores and n the number of
   * known interactions of an item. `score` stays that of the model. Default 0.
   */
  readonly popularityDiscount?: number;
  /** The number of items of the history that explain each recommendation, in `because`. Default 0. */
  readonly explain?: number;
}

/** An item of the history that contributed to a recommendation. */
export interface Contribution {
  /** Original id. */
  readonly item: Id;
  /** '' if the source has no titles. */
  readonly title: string;
  /**
   * By how much the score falls without this item in the history. For models of user ids, which do not read the history
   * when they answer: the cosine of the vectors of the two items.
   */
  readonly contribution: number;
}

/** A request of `recommendBatch`. */
export interface RecommendRequest {
  readonly query: UserOrHistory;
  readonly count: number;
  readonly options?: RecommendOptions;
}

/** What became of a request of `recommendBatch`: a list, or why there is none. */
export type RecommendOutcome =
  | { readonly recommendations: readonly Recommendation[]; readonly error?: never }
  | { readonly error: Error; readonly recommendations?: never };

export interface Recommendation {
  /** Original id. */
  readonly item: Id;
  /** '' if the source has no titles. */
  readonly title: string;
  readonly score: number;
  /** In the scale of the source; present if the model predicts ratings. */
  readonly rating?: number;
  /** The items of the history that contributed most, largest contribution first; present with `explain`. */
  readonly because?: readonly Contribution[];
}

/** The recommendations of one of many users. */
export interface UserRecommendations {
  /** As given. */
  readonly user: Id;
  /** Empty if there is a `refusal`. */
  readonly recommendations: readonly Recommendation[];
  /** Why there are no recommendations: the model cannot tell items apart for this user. */
  readonly refusal?: string;
}

/** How scores become ratings. */
export interface PredictedRatings {
  /** The loss whose link converts scores to ratings. Default: scores are ratings. */
  readonly loss?: RatingLoss;
  /** The scale in which the model learned ratings. Default: the scale of the source. */
  readonly scale?: RatingScale;
}

/** A trained model over its catalogue. */
export interface Recommender {
  readonly catalogue: Catalogue;
  /** The source of the scores. */
  readonly predictor: Predictor;
  /** Present if the model predicts ratings. */
  readonly ratings?: PredictedRatings;
  /**
   * Lowest and highest rating: the scale that the model was trained with, else those of the known interactions. Present
   * if the model predicts ratings and one of the two is known.
   */
  readonly ratingRange?: readonly [low: number, high: number];
  /** Interactions of the users; their items are not recommended again. */
  readonly known: Interactions;
  /**
   * Dense ids of users of `known` whom the model was not trained on, ascending: their histories are folded in. Present
   * for models of user ids if there are some.
   */
  readonly untrainedUsers?: Int32Array;
  /** Present if the model was saved without the ids and histories of its users; it answers histories alone. */
  readonly withoutHistories?: true;
  /**
   * Recommends items to several users, in the order of `users`.
   *
   * @throws {RecsysError} as for one user
   */
  recommend(query: ManyUsers, count: number, options?: RecommendOptions): Promise<Recommendation[][]>;
  /**
   * Recommends the best items, best first; equal scores go to the lower dense id. Fewer than `count` if fewer are
   * allowed.
   *
   * A `history` is folded in by models of user ids, and read by others.
   *
   * @throws {RecsysError} `invalid-argument` for unknown users or items, for a history that the model cannot read, and
   *   if all items have the same score, so that any list would be arbitrary
   */
  recommend(query: UserOrHistory, count: number, options?: RecommendOptions): Promise<Recommendation[]>;
  /**
   * Recommends items for requests of different users, histories and options, which are scored together. An error of one
   * request is the outcome of that one alone.
   */
  recommendBatch(requests: readonly RecommendRequest[]): Promise<RecommendOutcome[]>;
  /**
   * Recommends items to any number of users, one after the other, in memory that does not grow with their number.
   *
   * @throws {RecsysError} `invalid-argument` for unknown users or items
   */
  recommendEach(
    users: Iterable<Id> | AsyncIterable<Id>,
    count: number,
    options?: RecommendOptions,
  ): AsyncGenerator<UserRecommendations>;
  /**
   * Predicts the rating of an item, in the scale of the source; without `clip` it may lie a little outside of the
   * scale.
   *
   * @throws {RecsysError} `invalid-argument` for unknown users or items, or a model that does not predict ratings
   */
  predict(query: UserOrHistory, item: Id, options?: PredictOptions): Promise<number>;
  /**
   * Predicts the ratings of any number of pairs, one after the other, in memory that does not grow with their number.
   *
   * @throws {RecsysError} as for one pair
   */
  predictEach(
    pairs: Iterable<readonly [user: Id, item: Id]> | AsyncIterable<readonly [user: Id, item: Id]>,
    options?: PredictOptions,
  ): AsyncGenerator<number>;
  /**
   * Finds the most similar items: those whose vectors have the largest cosine with the vector of `item`, or, for models
   * without item vectors, those with the largest weights from `item`. The item itself is left out.
   *
   * @throws {RecsysError} `invalid-argument` for an unknown item, or a model that compares no items
   */
  similarItems(item: Id, count: number): Promise<Recommendation[]>;
  /** Original ids of a user's items, oldest first. */
  getHistory(user: Id): Id[];
  /** Whether an original id is that of a user or an item of the catalogue. */
  has(kind: 'user' | 'item', id: Id): boolean;
  /**
   * Finds the original id of an item by its id, its title, or a part of its title that no other title contains. Case is
   * ignored, and so is whether accents are composed (NFC) or not (NFD).
   *
   * @throws {RecsysError} `invalid-argument` if the text is empty, or if no item or more than one matches
   */
  findItem(text: Id): Id;
  /** Frees the memory of the model, which answers nothing afterwards. */
  dispose(): void;
}
