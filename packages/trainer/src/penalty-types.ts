import type { Described } from '@footlight/core';

/** A position in the course of training. */
export interface TrainingProgress {
  /** Steps completed since the start of training. */
  readonly step: number;
  /** Epochs completed, fractional within an epoch. */
  readonly progress: number;
}

/** The factor on a model's penalty over the course of training: β of a variational autoencoder. */
export interface PenaltyWeight extends Described {
  weight(progress: TrainingProgress): number;
  /** Whether the weight has reached its final value, from which it no longer changes. */
  isFinal(progress: TrainingProgress): boolean;
  /** The same course with every weight limited to `cap`: a rising weight reaches it earlier. */
  withCap(cap: number): PenaltyWeight;
  /** The same course with another final weight: a rising weight reaches it at the same time. */
  scaledTo(final: number): PenaltyWeight;
}

/** How the second of two stages differs from the first. */
export interface TwoStagedOptions {
  /**
   * How the penalty weight rises in the second stage to the value that the first one chose. `same-epochs`: over as many
   * epochs as in the first stage. `same-slope`: as fast as in the first stage. Default `same-epochs`.
   */
  readonly secondRise?: 'same-epochs' | 'same-slope';
}
