import type { Json, Rng } from '@footlight/core';
import type { Distribution, ParameterValue } from './distributions.js';

/** Whether small or large objective values are good. */
export type Direction = 'minimize' | 'maximize';

/** State of a trial; `waiting` is an enqueued trial that no worker has begun. */
export type TrialState = 'running' | 'complete' | 'pruned' | 'failed' | 'waiting';

/** Attributes of a study or a trial: plain JSON by name. */
export type Attributes = Readonly<Record<string, Json>>;

/** One trial, as the log describes it. */
export interface TrialRecord {
  /** Position in the log, over all studies of the log. */
  readonly id: number;
  /** Position in the study, from 0. */
  readonly number: number;
  readonly state: TrialState;
  /** Values of the parameters, by name. */
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** The same values as the log holds them: a number, or the index of a choice. */
  readonly internal: Readonly<Record<string, number>>;
  readonly distributions: Readonly<Record<string, Distribution>>;
  /** Objective values, one per direction of the study. Absent until they are told. */
  readonly values?: readonly number[] | undefined;
  /** Reported values by step. */
  readonly intermediate: ReadonlyMap<number, number>;
  /** Attributes that the user set. */
  readonly attributes: Attributes;
  /** Attributes that samplers and pruners set. */
  readonly systemAttributes: Attributes;
  readonly started?: Date | undefined;
  readonly completed?: Date | undefined;
}

/** What samplers and pruners may read of a study. */
export interface StudyView {
  readonly name: string;
  readonly directions: readonly Direction[];
  /** All trials by number, as far as the log has been read. */
  readonly trials: readonly TrialRecord[];
  /** Numbers of the complete, pruned and failed trials in the order in which they ended. */
  readonly finished: readonly number[];
  readonly systemAttributes: Attributes;
}

/** Proposal for the parameters of a trial before the objective has named them. */
export interface JointSample {
  /** Internal values by name. */
  readonly internal: Readonly<Record<string, number>>;
  /** System attributes of the trial, written with its creation. */
  readonly systemAttributes?: Attributes | undefined;
}

/** Source of random numbers of one draw. */
export interface DrawContext {
  /** Creates the generator of this trial for one purpose: it depends on the seed and the number of the trial only. */
  createRng(label: string): Rng;
  /** The number of the trial. */
  readonly number: number;
}

/** Proposes parameters. The state of a sampler follows from the log, so that another process can continue. */
export interface Sampler {
  readonly name: string;
  /** Proposes several parameters together, before the objective runs. */
  sampleJointly?(study: StudyView, context: DrawContext): JointSample | undefined;
  /** Proposes the internal value of one parameter that was not proposed jointly. */
  sampleOne(study: StudyView, context: DrawContext, name: string, distribution: Distribution): number;
}

/** Decides whether a running trial is unpromising. */
export interface Pruner {
  readonly name: string;
  /**
   * Decides after the last report of the trial.
   *
   * @param setSystemAttribute writes an attribute of the trial, which other workers see
   */
  shouldPrune(study: StudyView, trial: TrialRecord, setSystemAttribute: (name: string, value: Json) => void): boolean;
}
