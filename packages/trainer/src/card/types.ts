import type { Json } from '@footlight/core';
import type { ArchiveUse } from '@footlight/datasets';
import type { Environment } from '../run/types.js';
import type { Protocol } from '../types.js';

/** The format of the cards that this version writes. */
export const CARD_FORMAT = 'footlight-model-card-1';

/** A metric on a card. Values that are not defined are `null`. */
export interface CardMetric {
  readonly mean: number | null;
  /** 95 % confidence interval of the mean over the evaluated users (normal approximation); absent without an error. */
  readonly interval?: readonly [low: number, high: number];
  /** Number of queries that have a value. */
  readonly count: number;
}

/** A card without its checksum. */
export interface ModelCardContent {
  readonly format: typeof CARD_FORMAT;
  /** Dataset, split, model and loss. */
  readonly name: string;
  /** When the card was written, ISO 8601. */
  readonly date: string;
  readonly artifact: {
    /** Name of the file. */
    readonly file: string;
    /** The first 12 hexadecimal digits of its SHA-256, as `describeStart(file).from`. */
    readonly hash: string;
    /** Whether it contains the ids of its users and what they chose. */
    readonly histories: boolean;
  };
  /** Name and options of the model, and the number of values in its parameters. */
  readonly model: {
    readonly name: string;
    readonly protocol: { readonly [option: string]: Json };
    readonly parameters: number;
  };
  readonly data: {
    readonly name: string;
    /** As the source or the user states it; absent if neither does. */
    readonly license?: string;
    /** Fingerprint of the columns that were loaded. */
    readonly fingerprint?: Json;
    readonly users: number;
    readonly items: number;
    /** Interactions of the training part. */
    readonly train: number;
    /** Interactions of the test part. */
    readonly test: number;
    readonly archives?: readonly ArchiveUse[];
  };
  /** The protocol that the model was evaluated under. */
  readonly protocol: Protocol;
  /** Metrics of this model on the test part, by name. */
  readonly metrics: { readonly [metric: string]: CardMetric };
  /** Training options; absent for solvers. */
  readonly training?: { readonly [option: string]: Json };
  readonly seed: number;
  readonly backend: string;
  readonly environment: Environment;
  /** Command that trains the same model again. */
  readonly command?: string;
  /** What the model is for, a sentence each. */
  readonly intendedUse: readonly string[];
  /** What the model cannot do, and what to be careful about, a sentence each. */
  readonly limits: readonly string[];
}

/** The card of a saved model: what it was trained on, how it was measured, what it is for and where its limits are. */
export interface ModelCard extends ModelCardContent {
  /** Hash of the other fields. A card that was changed by hand has another one, and is not overwritten. */
  readonly checksum: string;
}

/** What a card says that the run does not know. */
export interface ModelCardOptions {
  /** Licence of the data. Default: that which the dataset states. */
  readonly license?: string | undefined;
  /** What the model is for, in place of the sentence about its answers. */
  readonly intendedUse?: readonly string[] | undefined;
  /** Further limits, after those that follow from the model and its protocol. */
  readonly limits?: readonly string[] | undefined;
  /** Command that trains the same model again. */
  readonly command?: string | undefined;
}
