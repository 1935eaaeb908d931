// structure: the contract of datasets, in one place
import type { Described, OnProgress, Rng } from '@footlight/core';
import type { Interactions } from './interaction-types.js';

export type {
  Catalogue,
  Features,
  Interactions,
  LowRated,
  OriginalIds,
  RowOrder,
  Vectors,
} from './interaction-types.js';

export interface LoadOptions {
  /** Random number generator of synthetic sources; others do not draw from it. */
  readonly rng: Rng;
  /** Folder of the archives. Default: `FOOTLIGHT_DATA`, else the cache folder of the platform. */
  readonly directory?: string;
  /** Called at most four times per second, and at the end of each file. */
  readonly onProgress?: OnProgress;
  /** Called for each archive that is read. */
  readonly onArchive?: (use: ArchiveUse) => void;
  /** Stops downloading and reading when it is aborted. */
  readonly signal?: AbortSignal;
}

/** An archive that was read, and whether it is the one that its publisher hands out. */
export interface ArchiveUse {
  /** Name of the file that was read. */
  readonly fileName: string;
  /**
   * `published`: the checksum is that of its publisher; `bundled`: that of the copy that a package of Footlight
   * contains; `other`: another one, or the file has changed since it was first downloaded; `unknown`: no checksum is
   * published, or a browser cannot compute it (MD5).
   */
  readonly checksum: 'published' | 'bundled' | 'other' | 'unknown';
}

/** A published file. */
export interface Archive {
  /** Its official name, which is its name in the folder of the archives. */
  readonly fileName: string;
  /** Absent: it cannot be downloaded. */
  readonly url?: string;
  /** Size of the download in bytes, if known. */
  readonly bytes?: number;
  /** Name of a package that contains a copy, which is used if it is installed. */
  readonly bundledIn?: string;
  /**
   * Name of a file in the same folder that holds only what `load` reads of the archive. It is read instead if the
   * archive is missing or has another checksum.
   */
  readonly cutFile?: string;
  /**
   * `md5:…` or `sha256:…`, where its publisher or several independent users state it. Verified after every download,
   * and compared whenever the file is read.
   */
  readonly checksum?: string;
  /** The checksum of the copy in `bundledIn`, in the same form. */
  readonly bundledChecksum?: string;
  /** The terms of use, for the error message that says how to get the file. */
  readonly terms?: string;
}

/** A source of interactions. */
export interface Dataset extends Described {
  /** Which optional columns `load` will return, known before anything is downloaded. */
  readonly columns: { readonly ratings: boolean; readonly timestamps: boolean };
  /** Whether `load` draws from its `rng`, so that every seed has other data. Default false. */
  readonly drawn?: boolean;
  /** Licence or terms of use of the data, for the cards of models. Default: not stated. */
  readonly license?: string;
  /** Files that `load` reads; it downloads those that are missing. Default: none. */
  readonly archives?: readonly Archive[];
  /** Reads the interactions; archives are downloaded once. */
  load(options: LoadOptions): Promise<Interactions>;
}

/**
 * Removes or reorders interactions. Original ids, titles and features stay with their users and items, which are
 * numbered densely again unless the filter keeps the whole catalogue.
 */
export interface Filter extends Described {
  apply(interactions: Interactions): Interactions;
}

/** A linear map between the ratings of the source and the ratings that a model learns. */
export interface RatingScale extends Described {
  /** The same interactions with ratings in the scale of the model. */
  apply(interactions: Interactions): Interactions;
  /** Maps a rating of the source to the scale of the model. */
  toModel(rating: number): number;
  /** Maps a rating of the model to the scale of the source. */
  toSource(value: number): number;
}

/** Held-out data: the known interactions of some users, and those that a model has to predict. */
export interface HeldOut {
  /** Input of the model. By the usual seen-item rule, these items are not recommended again. */
  readonly history: Interactions;
  /** Ground truth. */
  readonly targets: Interactions;
  /**
   * The user of each query, `[query]`, where user ids of this part are numbers of queries (see `windowTargets`).
   * Queries of one user depend on each other. Default: each query is a user of its own.
   */
  readonly queryUsers?: Int32Array;
}

/**
 * The parts of a dataset. All share one catalogue, unless a held-out part has one user per window (see
 * `windowTargets`).
 */
export interface Splits {
  readonly train: Interactions;
  readonly validation?: HeldOut;
  readonly test: HeldOut;
  /**
   * All interactions of the users of the catalogue that are known at test time, where `test.history` has other users.
   * Default: `test.history`.
   */
  readonly known?: Interactions;
  /** The validation part with the users of the catalogue, where `validation` has one user per query. */
  readonly uncutValidation?: HeldOut;
}

/** Divides interactions into parts for training, validation and test. */
export interface Split extends Described {
  split(interactions: Interactions, rng: Rng): Splits;
}

/** A training batch of ids, which the trainer turns into tensors. Arrays with two axes are flattened row by row. */
export interface Batch {
  /** Steps per row: 1 for pairs, the length of the history for sequences. */
  readonly time: number;
  /** User ids, `[batch]`. */
  readonly users: Int32Array;
  /**
   * Items before each target, `[batch, time]`, oldest first, padded on the left. Values under the mask have no meaning.
   */
  readonly history: Int32Array;
  /** The next item after each step, `[batch, time]`; with `lastStepOnly` the one after the last step, `[batch]`. */
  readonly targets: Int32Array;
  /** Whether only the last step of a row has a target; columns of targets are then `[batch]`. Default false. */
  readonly lastStepOnly?: boolean;
  /** 1 = real, 0 = padding, `[batch, time]`. */
  readonly mask: Float32Array;
  /**
   * 1 = a target, 0 = none, a value per target: differs from `mask` where the first item is predicted from an empty
   * history. Default: `mask`.
   */
  readonly targetMask?: Float32Array;
  /** 1 = a step whose item the model must not see, since it is the target there, `[batch, time]`. Default: 0. */
  readonly hiddenSteps?: Float32Array;
  /** The rating of each target. */
  readonly ratings?: Float32Array;
  /** How much each target counts, from 0. Default: 1. */
  readonly weights?: Float32Array;
  /** The row of the training interactions that each target comes from, `[batch, time]`; only for pairs. */
  readonly rows?: Int32Array;
}

/** Negative sampling: the source of the negatives of a ranking loss. */
export interface Negatives extends Described {
  /** Negatives per query; without the positives of the batch where these are negatives as well. */
  readonly count: number;
  /** Builds the sampler; called once per training run. */
  prepare(train: Interactions): NegativeSampler;
}

/**
 * The position in the training run at which negatives are sampled; for samplers that reproduce published random
 * numbers.
 */
export interface SamplingContext {
  /** From 0. */
  readonly epoch: number;
  /** The training interaction of each query, `[query]`. Absent where queries are not single interactions. */
  readonly rows?: Int32Array;
}

export interface NegativeSampler {
  /**
   * Samples negatives for a batch of queries.
   *
   * @shape users, positives `[query]` → item ids `[query, negative]`, row by row
   */
  sample(users: Int32Array, positives: Int32Array, rng: Rng, context?: SamplingContext): Int32Array;
  /**
   * The natural logarithm of the probability that one draw for the query gives an item, for losses that correct for it;
   * −∞ for items that are rejected. Absent if the sampler does not know it.
   *
   * @shape users, positives `[query]`, items `[query, item]` → `[query, item]`, row by row
   */
  logProbabilities?(users: Int32Array, positives: Int32Array, items: Int32Array): Float32Array;
  /**
   * Samples negatives that all queries of a batch share. Probabilities are then the same for all, without rejections.
   *
   * @shape users, positives `[query]` → item ids `[negative]`
   */
  sampleShared?(users: Int32Array, positives: Int32Array, rng: Rng, context?: SamplingContext): Int32Array;
  /** Whether a shared negative is none of a query's. Default: no. */
  rejects?(user: number, positive: number, item: number): boolean;
}
