import type { Json } from '@footlight/core';
import type { ModelCard, Protocol } from '@footlight/trainer';

/** What a service says about a model. */
export interface ServedModelCard {
  /** As the service calls it. */
  readonly name: string;
  /** Percentage of the users that it answers. */
  readonly share: number;
  /** Name and options of the model. */
  readonly model?: { readonly name: string; readonly protocol: Readonly<Record<string, Json>> };
  /** The protocol that it was evaluated under. */
  readonly protocol?: Protocol;
  /** Means by metric name. */
  readonly metrics?: Readonly<Record<string, number>>;
  readonly data: {
    readonly users: number;
    readonly items: number;
    /** The dataset, as the protocol names it. */
    readonly name?: string;
    /** Fingerprint of the data. */
    readonly fingerprint?: Json;
    readonly license?: string;
  };
  /** What it can answer. */
  readonly answers: {
    /** Users by id. */
    readonly users: boolean;
    /** Histories of any user, and sessions. */
    readonly histories: boolean;
    /** Predicted ratings. */
    readonly ratings: boolean;
    /** Similar items. */
    readonly similar: boolean;
  };
  /**
   * The card that was written beside the artifact: metrics with intervals, training options, environment, intended use
   * and limits.
   */
  readonly card?: ModelCard;
  /** Hash of the artifact. */
  readonly hash?: string;
  /** When it was saved, ISO 8601. */
  readonly date?: string;
}
