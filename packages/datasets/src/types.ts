import type { Described, OnProgress, Rng } from '@footlight/core';

/** The ids of the source by dense id: numbers where the source has numbers, text where it has text. */
export type OriginalIds = Int32Array | Float64Array | readonly string[];

/** What is known of users or items besides their ids, e.g. genres: entity e has the features `ids[offsets[e]] … ids[offsets[e + 1] − 1]`. */
export interface Features {
  /** `field=value`, e.g. `genre=Comedy`, by feature id. */
  readonly names: readonly string[]; // [feature]
  readonly offsets: Int32Array; // [entity + 1]
  readonly ids: Int32Array; // [entry], ascending within an entity
}

/** Who and what the dense ids `0 … count − 1` stand for. */
export interface Catalogue {
  readonly userCount: number;
  readonly itemCount: number;
  /** Original user ids by dense id. */
  readonly userIds: OriginalIds; // [userCount]
  /** Original item ids by dense id. */
  readonly itemIds: OriginalIds; // [itemCount]
  /** Item titles by dense id; '' where the source has none. */
  readonly itemTitles?: readonly string[]; // [itemCount]
  /** Where the source tells something of its users. */
  readonly userFeatures?: Features; // of [userCount]
  /** Where the source tells something of its items. */
  readonly itemFeatures?: Features; // of [itemCount]
}

/** Columns of equal length, in the order of the source (ties in time keep it). */
export interface Interactions {
  readonly catalogue: Catalogue;
  readonly users: Int32Array; // [interaction], dense ids
  readonly items: Int32Array; // [interaction], dense ids
  /** In the source's own scale. */
  readonly ratings?: Float32Array; // [interaction]
  /** Seconds since 1970. */
  readonly timestamps?: Float64Array; // [interaction]
  /** The source's own partition, where it publishes one: 0 = train, 1 = test. */
  readonly parts?: Uint8Array; // [interaction]
}

export interface LoadOptions {
  /** Only synthetic sources draw from it. */
  readonly rng: Rng;
  /** Folder of the archives. Default `FOOTLIGHT_DATA`, else the platform's cache folder. */
  readonly directory?: string;
  readonly onProgress?: OnProgress;
  readonly signal?: AbortSignal;
}

/** Where interactions come from. */
export interface Dataset extends Described {
  /** What `load` will bring, known before anything is downloaded. */
  readonly columns: { readonly ratings: boolean; readonly timestamps: boolean };
  load(options: LoadOptions): Promise<Interactions>;
}

/** Drops interactions; ids become dense again, original ids and titles stay with them. */
export interface Filter extends Described {
  apply(interactions: Interactions): Interactions;
}

/** The scale in which a model learns ratings. */
export interface RatingScale extends Described {
  /** The same interactions with ratings in the model's scale. */
  apply(interactions: Interactions): Interactions;
  /** A rating of the source in the model's scale. */
  toModel(rating: number): number;
  /** A rating of the model in the source's scale. */
  toSource(value: number): number;
}

/** What is known of some users, and what is to be predicted for them. */
export interface HeldOut {
  /** Shown to the model; by the usual seen-item rule never recommended again. */
  readonly history: Interactions;
  /** To be predicted. */
  readonly targets: Interactions;
}

/** All parts share one catalogue; where a test part asks about pieces of histories, each piece is a user of that part. */
export interface Splits {
  readonly train: Interactions;
  readonly validation?: HeldOut;
  readonly test: HeldOut;
  /** What the users of the catalogue did, where the test part asks about pieces of it. Default: `test.history`. */
  readonly known?: Interactions;
}

export interface Split extends Described {
  split(interactions: Interactions, rng: Rng): Splits;
}

/** Ids only; the trainer turns them into tensors. Axes are flattened row by row. */
export interface Batch {
  readonly time: number;
  readonly users: Int32Array; // [batch]
  readonly history: Int32Array; // [batch, time], oldest first, padded left; what lies under the mask means nothing
  readonly targets: Int32Array; // [batch, time], the item after each step
  readonly mask: Float32Array; // [batch, time], 1 = real, 0 = padding
  /** Where there is a target, if not wherever there is history: a first item is predicted from nothing. */
  readonly targetMask?: Float32Array; // [batch, time]
  readonly ratings?: Float32Array; // [batch, time], the rating of each target
  readonly rows?: Int32Array; // [batch, time], the interaction that each target comes from; of pairs only
}

/** Where the negatives of a ranking loss come from. */
export interface Negatives extends Described {
  /** Negatives drawn per query. */
  readonly count: number;
  /** Called once per training run. */
  prepare(train: Interactions): NegativeSampler;
}

/** Where in a training run negatives are drawn, for samplers that follow a published stream of numbers. */
export interface SamplingContext {
  /** From 0. */
  readonly epoch: number;
  /** The training interaction of each query, where queries are interactions. */
  readonly rows?: Int32Array; // [query]
}

export interface NegativeSampler {
  /** @returns item ids [query, negative], row by row */
  sample(users: Int32Array, positives: Int32Array, rng: Rng, place?: SamplingContext): Int32Array;
}
