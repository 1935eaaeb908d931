/** The ids of the source by dense id: numbers where the source has numbers, texts where it has texts. */
export type OriginalIds = Int32Array | Float64Array | readonly string[];

/**
 * Features of users or items (e.g. genres) as a sparse matrix in compressed rows: entity e has the features
 * `ids[offsets[e]] … ids[offsets[e + 1] − 1]`.
 */
export interface Features {
  /** `field=value`, e.g. `genre=Comedy`, by feature id, `[feature]`. */
  readonly names: readonly string[];
  /** Where the features of each entity begin in `ids`, `[entity + 1]`. */
  readonly offsets: Int32Array;
  /** Feature ids, `[entry]`, ascending within an entity. */
  readonly ids: Int32Array;
}

/** Dense features: one vector per entity, e.g. embeddings of images or texts. */
export interface Vectors {
  /** Length of the vectors. */
  readonly dim: number;
  /** `[entity, dim]`, row by row. */
  readonly values: Float32Array;
}

/** The users and items of a dataset: what the dense ids `0 … count − 1` stand for. */
export interface Catalogue {
  readonly userCount: number;
  readonly itemCount: number;
  /** Original user ids by dense id, `[user]`. */
  readonly userIds: OriginalIds;
  /** Original item ids by dense id, `[item]`. */
  readonly itemIds: OriginalIds;
  /** Item titles by dense id, `[item]`; '' for an item without a title. Absent: the source has no titles. */
  readonly itemTitles?: readonly string[];
  /** Features of the users. Absent: the source has none. */
  readonly userFeatures?: Features;
  /** Features of the items. Absent: the source has none. */
  readonly itemFeatures?: Features;
  /** Dense features of the items; zeros for an item without a vector. Absent: there are none. */
  readonly itemVectors?: Vectors;
}

/**
 * An order of rows, users and items. `canonical`: rows by user, time and item, users and items by original id.
 * `source`: as the source gives them.
 */
export type RowOrder = 'canonical' | 'source';

/**
 * Ratings that a filter has set aside as explicit negatives, as columns of equal length. They are neither training
 * examples nor targets; `lowRatedNegatives` draws from them.
 */
export interface LowRated {
  /** Dense user ids, `[rating]`. */
  readonly users: Int32Array;
  /** Dense item ids, `[rating]`. */
  readonly items: Int32Array;
  /** Ratings in the scale of the source, `[rating]`. */
  readonly ratings: Float32Array;
  /** Seconds since 1970, `[rating]`. */
  readonly timestamps?: Float64Array;
}

/** Interactions of users with items, as columns of equal length. */
export interface Interactions {
  /** The users and items. They need not all occur in the columns. */
  readonly catalogue: Catalogue;
  /** Dense user ids, `[interaction]`. */
  readonly users: Int32Array;
  /** Dense item ids, `[interaction]`. */
  readonly items: Int32Array;
  /** Ratings in the scale of the source, `[interaction]`. */
  readonly ratings?: Float32Array;
  /** Seconds since 1970, `[interaction]`, or `positions`. */
  readonly timestamps?: Float64Array;
  /**
   * Whether the timestamps are positions in the history of the user, from 0, as interaction lists have them: those of
   * different users cannot be compared. Default false.
   */
  readonly positions?: true;
  /**
   * How much each interaction counts in training, from 0, `[interaction]`. Evaluation does not use it. Absent: all
   * count the same.
   */
  readonly weights?: Float32Array;
  /** The partition that the source publishes, `[interaction]`: 0 = train, 1 = test. */
  readonly parts?: Uint8Array;
  /**
   * Ratings below the minimum of `minimumRating({ below: 'negatives' })`, of any time. Splits pass all of them on.
   * Absent: none were set aside.
   */
  readonly lowRated?: LowRated;
  /**
   * Which of two interactions with equal timestamps counts as the earlier one. Default `canonical`: the one with the
   * smaller original item id. A split with `order: 'source'` sets `source`: the one that comes first.
   */
  readonly order?: RowOrder;
}
