import { type Json, omitUndefined } from '@footlight/core';
import type { Model } from '@footlight/models';
import type { PredictedRatings } from '../recommend/types.js';
import type { Protocol } from '../types.js';

/** What an artifact contains. */
export interface ArtifactOptions {
  /**
   * Whether the file contains the histories and ids of the users. `false`: for files that others get, e.g. of a web
   * page. Such a model answers histories that come with the request, and refuses ids of users. Default `true`.
   */
  readonly histories?: boolean;
}

/** The description that an artifact contains. */
export interface ArtifactDescription {
  /** Name and options of the model; `loadArtifact` takes the same model. */
  readonly model: Pick<Model, 'name' | 'protocol'>;
  /** The protocol that the model was evaluated under; absent if it was not evaluated. */
  readonly protocol?: Protocol;
  /** Means by metric name; absent if the model was not evaluated. */
  readonly metrics?: Readonly<Record<string, number>>;
  /** How scores become ratings; absent if the model only ranks. `saveArtifact` takes it from the recommender. */
  readonly ratings?: SavedRatings;
}

/** `PredictedRatings` as data: the name of the loss and the protocol of the scale. */
export interface SavedRatings {
  /** Name of the loss. */
  readonly loss?: string;
  /** Protocol of the scale. */
  readonly scale?: { readonly [key: string]: Json };
}

/** How scores become ratings, as data. */
export function describeRatings({ loss, scale }: PredictedRatings): SavedRatings {
  return omitUndefined({ loss: loss?.name, scale: scale?.protocol });
}
