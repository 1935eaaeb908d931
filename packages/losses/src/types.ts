import type * as tf from '@tensorflow/tfjs';

/** Scores of one positive and its negatives per query. */
export interface RankingScores {
  readonly positive: tf.Tensor1D; // [query]
  readonly negatives: tf.Tensor2D; // [query, negative]
  /** Items in the catalogue; needed by losses that estimate ranks from samples. */
  readonly itemCount?: number;
}

/** Wants each positive above its negatives. */
export interface RankingLoss {
  readonly kind: 'ranking';
  readonly name: string;
  /** Negatives per query that the original uses. Default of the trainer where none are chosen: 1. */
  readonly negativeCount?: number;
  /** @returns one value per query [query] */
  compute(scores: RankingScores): tf.Tensor1D;
}

/** Many targets per query, as coordinate pairs: entry e says that `item[e]` is a target of `query[e]`. */
export interface SparseTargets {
  readonly query: tf.Tensor1D; // [entry] int32, ascending
  readonly item: tf.Tensor1D; // [entry] int32
}

/** Compares the whole catalogue at once. */
export interface CatalogueLoss {
  readonly kind: 'catalogue';
  readonly name: string;
  /** @returns one value per query [query] */
  compute(input: { readonly scores: tf.Tensor2D; readonly targets: tf.Tensor1D | SparseTargets }): tf.Tensor1D;
}

/** Wants the predicted rating near the given one. */
export interface RatingLoss {
  readonly kind: 'rating';
  readonly name: string;
  /** Turns scores into ratings, e.g. `exp` for poisson. */
  link(scores: tf.Tensor1D): tf.Tensor1D; // [query] → [query]
  /** `predicted` are scores before the link. @returns one value per query [query] */
  compute(input: { readonly predicted: tf.Tensor1D; readonly rating: tf.Tensor1D }): tf.Tensor1D;
}

export type Loss = RankingLoss | CatalogueLoss | RatingLoss;
