import type { Described, Rng } from '@footlight/core';
import type * as tf from '@tensorflow/tfjs';
import type { Layer } from './types.js';

/** What is known of ids besides themselves: id e has the features `ids[offsets[e]] … ids[offsets[e + 1] − 1]`. As `Features` of `@footlight/datasets`. */
export interface EntityFeatures {
  readonly names: readonly string[]; // [feature]
  readonly offsets: Int32Array; // [count + 1]
  readonly ids: Int32Array; // [entry]
}

export interface EmbeddingOptions {
  /** Ids run from 0 to `count − 1`. */
  readonly count: number;
  /** Length of one vector. */
  readonly dim: number;
  readonly rng: Rng;
  /** For embeddings that are made of features; others take no notice. */
  readonly features?: EntityFeatures;
}

/** Ids to vectors. @shape ids `[...]` int32 → `[..., dim]` */
export interface Embedding extends Layer {
  /** The table, where row id is the vector of that id; absent where vectors are put together from other numbers. */
  readonly table?: tf.Variable<tf.Rank.R2>; // [count, dim]
  /** The vectors of all ids. @shape `[count, dim]` */
  all(): tf.Tensor2D;
}

/** An embedding whose sizes are not known yet; models take it as an option. */
export interface EmbeddingFactory extends Described {
  create(options: EmbeddingOptions): Embedding;
}
