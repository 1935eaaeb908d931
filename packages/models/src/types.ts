import type { Described, OnProgress, Rng } from '@footlight/core';
import type { Catalogue, Interactions } from '@footlight/datasets';
import type { SparseRows } from '@footlight/engine';
import type { Parameters, Training } from '@footlight/layers';
import type * as tf from '@tensorflow/tfjs';

/** What a model is asked about. */
export interface Queries {
  readonly users: tf.Tensor1D; // [batch] int32
  readonly history: tf.Tensor2D; // [batch, time] int32, oldest first, padded left
  readonly mask: tf.Tensor2D; // [batch, time], 1 = real, 0 = padding
  /** Whole histories, each item once, in no order that means anything; present for models that read baskets. */
  readonly baskets?: SparseRows; // [batch] rows
}

/** What a model looks at: the user's id, the whole history as a set (`time` is then 1), or this many steps of it. Decides how batches are cut. */
export type Reads = 'user' | 'basket' | { readonly history: number };

/** What a model needs to know of the data before it is built. */
export interface DataSummary extends Pick<Catalogue, 'userCount' | 'itemCount' | 'userFeatures' | 'itemFeatures'> {
  /** Mean of the ratings it will be trained on, in the scale it will be trained in; absent where there are none. */
  readonly ratingMean?: number;
}

/** Learned by gradient: needs a loss. */
export interface Representation extends Described {
  readonly kind: 'representation';
  readonly reads: Reads;
  build(facts: DataSummary, rng: Rng): Network;
}

export interface Encoded {
  readonly vectors: tf.Tensor3D; // [batch, time, dim]
  /** Added to the loss of each row of the batch, times the weight that the trainer gives it, e.g. the KL term of a VAE. */
  readonly penalty?: tf.Tensor1D; // [batch]
}

/** Tables of scores $p_u \cdot q_i + b_u + b_i$. */
export interface BilinearTables {
  readonly user: tf.Variable; // [user, dim]
  readonly item: tf.Variable; // [item, dim]
  readonly userBias?: tf.Variable; // [user, 1]
  readonly itemBias?: tf.Variable; // [item, 1]
}

/** Scores of the whole catalogue that are products: $s_{qi} = v_q \cdot W_i + b_i$. */
export interface CatalogueProduct {
  readonly table: tf.Tensor2D; // [item, dim], as long as the vectors of `encode`
  readonly bias?: tf.Tensor1D; // [item]
}

export interface Network {
  readonly reads: Reads;
  readonly parameters: Parameters;
  /** One vector after each step. `training` is present while training. */
  encode(queries: Queries, training?: Training): Encoded;
  /**
   * `training` is present while training.
   *
   * @returns scores [query, candidate] of the candidates [query, candidate]; without candidates of the whole catalogue [query, item]
   */
  score(vectors: tf.Tensor2D, candidates?: tf.Tensor2D, training?: Training): tf.Tensor2D;
  /** Present if scores are products of two tables and nothing else, so that a step can be computed at once. */
  readonly bilinear?: BilinearTables;
  /** Present if `score(vectors)` is such a product, so that a ranking can be made without all scores at once. */
  catalogue?(): CatalogueProduct;
  /** Vectors of the items [item, dim], for `similarItems`. */
  itemVectors?(): tf.Tensor2D;
  /** For models that read user ids: a vector [1, dim] for somebody who is known only by these items. */
  foldIn?(history: Int32Array): tf.Tensor2D;
}

/** Scores the whole catalogue. */
export interface Scorer {
  readonly reads: Reads;
  readonly parameters: Parameters;
  /** @returns [batch, item] */
  score(queries: Queries): tf.Tensor2D;
}

/** Solved in closed form or counted: takes no loss. */
export interface Solver extends Described {
  readonly kind: 'solver';
  readonly reads: Reads;
  /** Says how far it is where that can take longer than a moment. */
  solve(train: Interactions, rng: Rng, onProgress?: OnProgress): Scorer;
  /** The same scorer with parameters of these sizes, to be filled from an artifact. */
  restore(facts: DataSummary): Scorer;
}

export type Model = Representation | Solver;
