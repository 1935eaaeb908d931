import type { Described, Rng } from '@footlight/core';
import type { tf } from '@footlight/engine';
import type { Layer } from './types.js';

/**
 * Features of ids in compressed sparse rows: id e has the features `ids[offsets[e]] … ids[offsets[e + 1] − 1]`.
 *
 * `Features` of `@footlight/datasets` has this form.
 */
export interface EntityFeatures {
  /** `[feature]`: name of each feature. */
  readonly names: readonly string[];
  /** `[count + 1]`: index of the first entry of each id, and the number of entries at the end. */
  readonly offsets: Int32Array;
  /** `[entry]`: feature ids from 0 to `names.length − 1`. */
  readonly ids: Int32Array;
}

/**
 * Dense features of ids, e.g. embeddings of images or texts. `Vectors` of `@footlight/datasets` has this form.
 */
export interface DenseFeatures {
  /** Number of features of an id. */
  readonly dim: number;
  /** `[count, dim]`, row by row. */
  readonly values: Float32Array;
}

/** Options that all embeddings share. */
export interface EmbeddingOptions {
  /** Number of ids, which run from 0 to `count − 1`. */
  readonly count: number;
  /** Length of one vector. */
  readonly dim: number;
  /** Source of the first values of the table. */
  readonly rng: Rng;
  /** Features of the ids. Used by `featureEmbedding`; the other embeddings ignore them. */
  readonly features?: EntityFeatures;
  /** Dense features of the ids. Used by `projectedEmbedding`; the other embeddings ignore them. */
  readonly denseFeatures?: DenseFeatures;
}

/** A layer that maps ids to vectors. @shape ids `[...]` int32 → `[..., dim]` */
export interface Embedding extends Layer {
  /**
   * `[count, dim]`: the vector of each id. Absent if vectors are computed from several rows, as in `bloomEmbedding`.
   */
  readonly table?: tf.Variable<tf.Rank.R2>;
  /**
   * Whether no parameter belongs to a single id, so that ids without training examples have vectors as good as any.
   * Default false.
   */
  readonly isShared?: boolean;
  /** Returns the vectors of all ids. @shape `[count, dim]` */
  all(): tf.Tensor2D;
}

/** Creates an embedding once its sizes are known. Models take factories as options. */
export interface EmbeddingFactory extends Described {
  /** Creates the embedding and draws its first values. */
  create(options: EmbeddingOptions): Embedding;
}
