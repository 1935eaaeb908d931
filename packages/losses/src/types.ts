import type { ProductTargets, tf } from '@footlight/engine';

/** Input of a ranking loss: the scores of one positive item and of some negative items for each query. */
export interface RankingScores {
  /** `[query]`: score of the positive item. */
  readonly positive: tf.Tensor1D;
  /** `[query, negative]`: scores of the negative items, in the order in which they were drawn. */
  readonly negatives: tf.Tensor2D;
  /** Number of items in the catalogue. Required by losses that estimate ranks from samples, e.g. `warpLoss`. */
  readonly itemCount?: number;
  /**
   * `[query, negative]`: the natural logarithm of the probability that one draw gives the negative. Required by losses
   * with `needsProbabilities`.
   */
  readonly logProbabilities?: tf.Tensor2D;
}

/** A loss that compares the score of a positive item with the scores of sampled negative items. */
export interface RankingLoss {
  readonly kind: 'ranking';
  /** Name for reports with all options that change results, e.g. `hinge(1)`. */
  readonly name: string;
  /** Number of negatives per query that the trainer draws if the experiment names none. Default 1. */
  readonly negativeCount?: number;
  /** Whether `compute` reads `logProbabilities`, which the sampler of the negatives must then know. Default false. */
  readonly needsProbabilities?: boolean;
  /**
   * Computes one value per query. The trainer masks, weights and averages these values.
   *
   * @shape positive `[query]`, negatives `[query, negative]` → `[query]`
   */
  compute(scores: RankingScores): tf.Tensor1D;
}

/** Any number of target items per query, as coordinate pairs: `item[e]` is a target of `query[e]`. */
export interface SparseTargets {
  /** `[entry]` int32: index of the query, ascending. */
  readonly query: tf.Tensor1D;
  /** `[entry]` int32: id of the target item. */
  readonly item: tf.Tensor1D;
  /** `[entry]` float32: how much each target counts within its query, from 0. Default: 1. */
  readonly weight?: tf.Tensor1D;
}

/** Input of a catalogue loss: the scores of all items and the target items for each query. */
export interface CatalogueScores {
  /** `[query, item]`: scores of all items. */
  readonly scores: tf.Tensor2D;
  /** `[query]` int32: one target item per query; or any number of targets per query as coordinate pairs. */
  readonly targets: tf.Tensor1D | SparseTargets;
}

/** A loss that compares the scores of the target items with the scores of all items of the catalogue. */
export interface CatalogueLoss {
  readonly kind: 'catalogue';
  /** Name for reports with all options that change results. */
  readonly name: string;
  /**
   * Computes one value per query. The trainer masks, weights and averages these values.
   *
   * @shape scores `[query, item]`, targets `[query]` int32 or coordinate pairs `[entry]` → `[query]`
   */
  compute(input: CatalogueScores): tf.Tensor1D;
  /**
   * Computes the same from the factors of scores that are products, without holding the scores of all items; the
   * trainer calls it where these would take much memory. Absent if the loss cannot.
   *
   * @shape vectors `[query, dim]`, table `[item, dim]`, bias `[item]`, targets `[query]` int32 → `[query]`
   */
  computeFromProduct?(input: ProductTargets): tf.Tensor1D;
}

/** Input of a rating loss: a predicted score and a rating for each query. */
export interface RatingScores {
  /** `[query]`: scores of the model, before `link`. */
  readonly predicted: tf.Tensor1D;
  /** `[query]`: ratings of the dataset. */
  readonly rating: tf.Tensor1D;
}

/** A loss that compares a predicted score with a rating. */
export interface RatingLoss {
  readonly kind: 'rating';
  /** Name for reports with all options that change results. */
  readonly name: string;
  /** Converts scores to ratings, e.g. with `exp` for `poissonLoss`. @shape `[query]` → `[query]` */
  link(scores: tf.Tensor1D): tf.Tensor1D;
  /**
   * Computes one value per query. The trainer masks, weights and averages these values.
   *
   * @shape predicted `[query]`, rating `[query]` → `[query]`
   */
  compute(input: RatingScores): tf.Tensor1D;
}

/** Any loss. `kind` tells the three apart. */
export type Loss = RankingLoss | CatalogueLoss | RatingLoss;
