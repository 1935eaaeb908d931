import type { OnProgress, Rng } from '@footlight/core';
import type { Interactions, RatingScale } from '@footlight/datasets';
import type { tf } from '@footlight/engine';
import type { Metric } from '@footlight/metrics';
import type { MetricSummary, SeenRule } from '../types.js';

export interface EvaluateOptions {
  readonly metrics: readonly Metric[];
  /** Default `exclude`. */
  readonly seen?: SeenRule | undefined;
  /** Dense ids of the items that are ranked, ascending. Default: every item. */
  readonly candidateItems?: Int32Array | undefined;
  /** Training interactions; list metrics read the popularity of items from them. */
  readonly train?: Interactions | undefined;
  /** Random numbers of sampled metrics; other metrics need none. */
  readonly rng?: Rng | undefined;
  /** Converts scores to ratings for rating metrics: the link of the loss. Default: scores are ratings. */
  readonly link?: ((scores: tf.Tensor1D) => tf.Tensor1D) | undefined;
  /** The scale of the model's ratings. Default: the scale of the source. */
  readonly ratingScale?: RatingScale | undefined;
  /**
   * Users per batch. Default: at most 1024, as many as keep the scores of a batch under 16 MB and its histories under
   * 32,768 steps.
   */
  readonly batchSize?: number | undefined;
  readonly onProgress?: OnProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface MetricValues extends MetricSummary {
  /**
   * One value per user of `Evaluation.users` (rank metrics), per held-out interaction (rating metrics), or one for all
   * (list metrics). NaN where undefined.
   */
  readonly values: Float64Array;
}

export interface Evaluation {
  /** Dense ids of the users that were evaluated, ascending. */
  readonly users: Int32Array;
  /** The user of each query, in the order of `users`, where users have several queries; see `HeldOut.queryUsers`. */
  readonly queryUsers?: Int32Array;
  /** By name. */
  readonly metrics: Readonly<Record<string, MetricValues>>;
}

/** The users of one batch and their held-out targets. */
export interface EvaluationBatch {
  /** The position of the first user among all users. */
  readonly start: number;
  /** `[batch]` */
  readonly users: Int32Array;
  /** Items of each user's history, oldest first: `[batch]` lists. */
  readonly histories: readonly Int32Array[];
  /** Rows of each user's targets: `[batch]` lists. */
  readonly targetRows: readonly Int32Array[];
}
