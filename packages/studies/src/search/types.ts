import type { Experiment } from '@footlight/trainer';
import type { StopRules } from '../stop-rules.js';
import type { Trial } from '../trial.js';
import type { Direction, Pruner, Sampler } from '../types.js';

/** What a search may read of a trial: it names the parameters, the search does the rest. */
export type SpaceTrial = Pick<Trial, 'float' | 'integer' | 'categorical'>;

export interface SearchOptions {
  /** Name of the study. Default: the name of the file on the command line. */
  readonly name?: string;
  /** Creates the experiment of a trial from parameters that it names. Called once per trial. */
  readonly space: (trial: SpaceTrial) => Experiment;
  readonly objective: SearchObjective;
  /** Trials of the study in all; short for `stop.trials`. */
  readonly trials?: number;
  /** Further rules that end the study. */
  readonly stop?: StopRules;
  /** Default `tpeSampler()`. */
  readonly sampler?: Sampler;
  /** Default `noPruner()`. */
  readonly pruner?: Pruner;
  /** Seed of the sampler. Default 0. */
  readonly seed?: number;
  /**
   * Runs per trial, with the seeds `experiment.seed`, `experiment.seed + 1`, …, whose mean is the objective. Pruners
   * see one value per run then, and one per epoch if there is a single run. Default 1.
   */
  readonly seeds?: number;
}

/** What a search optimizes: a metric on the validation part. */
export interface SearchObjective {
  /** Name of a metric of the experiments, e.g. `ndcg@10`. */
  readonly metric: string;
  /** Default `minimize` for errors of ratings, else `maximize`. */
  readonly direction?: Direction;
}

/** A search for the options of an experiment; see `defineSearch`. */
export interface Search extends SearchOptions {
  readonly kind: 'search';
}
