import type { Catalogue, Interactions, RatingScale } from '@footlight/datasets';
import type { RatingLoss } from '@footlight/losses';
import type { Predictor } from './predictor.js';

/** A user that the model was trained on, or the items of any user, oldest first; original ids of the source. */
export type UserOrHistory = { readonly user: string | number } | { readonly history: readonly (string | number)[] };

export interface RecommendOptions {
  /** Original ids of items that are never recommended. Default none. */
  readonly exclude?: readonly (string | number)[];
  /** Original ids of the only items that may be recommended. Default all. */
  readonly allow?: readonly (string | number)[];
  /** Whether items of the user's own history may be recommended again. Default false. */
  readonly repeat?: boolean;
}

export interface Recommendation {
  /** Original id. */
  readonly item: string | number;
  /** '' if the source has no titles. */
  readonly title: string;
  readonly score: number;
  /** In the scale of the source; present if the model predicts ratings. */
  readonly rating?: number;
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
  /** Interactions of the users of the training data; their items are not recommended again. */
  readonly known: Interactions;
  /**
   * Recommends the best items, best first; equal scores go to the lower dense id. Fewer than `count` if fewer are
   * allowed.
   *
   * @throws {RecsysError} `invalid-argument` for unknown users or items
   */
  recommend(query: UserOrHistory, count: number, options?: RecommendOptions): Promise<Recommendation[]>;
  /**
   * Predicts the rating of an item, in the scale of the source; it may lie a little outside of the scale.
   *
   * @throws {RecsysError} `invalid-argument` for unknown users or items, or a model that does not predict ratings
   */
  predict(query: UserOrHistory, item: string | number): Promise<number>;
  /**
   * Finds the items whose vectors have the largest cosine with the vector of `item`, which itself is left out.
   *
   * @throws {RecsysError} `invalid-argument` for an unknown item, or a model without item vectors
   */
  similarItems(item: string | number, count: number): Promise<Recommendation[]>;
  /** Original ids of a user's items, oldest first. */
  getHistory(user: string | number): (string | number)[];
  /**
   * Finds the original id of an item by its id, its title, or a part of its title that no other title contains. Case is
   * ignored.
   *
   * @throws {RecsysError} `invalid-argument` if no item or more than one matches
   */
  findItem(text: string | number): string | number;
}
