import { assertInteger, invalid, type Json, RecsysError } from '@footlight/core';
import {
  areCompatible,
  createCategorical,
  createFloat,
  createInteger,
  type Distribution,
  type FloatRange,
  type IntegerRange,
  isSingle,
  type ParameterValue,
  toExternal,
  toInternal,
} from './distributions.js';
import { encodeDistribution } from './log/distribution-json.js';
import type { Journal } from './log/journal.js';
import { operation } from './log/operations.js';
import type { StudyRecord } from './log/replay.js';
import type { Attributes, DrawContext, Pruner, Sampler, TrialRecord } from './types.js';

/** A trial that this program runs: the objective names its parameters and reports its progress. */
export interface Trial {
  readonly number: number;
  /** The parameters that were named so far. */
  readonly params: Readonly<Record<string, ParameterValue>>;
  /** Aborted when the search is aborted. */
  readonly signal: AbortSignal;
  /**
   * Real parameter.
   *
   * @throws {RecsysError} `invalid-argument` if the range is wrong; `parameter-changed` if it differs in kind from that
   *   of earlier trials
   */
  float(name: string, range: FloatRange): number;
  /** Integer parameter; errors as `float`. */
  integer(name: string, range: IntegerRange): number;
  /** One of several choices; errors as `float`. */
  categorical<const Choice extends ParameterValue>(name: string, choices: readonly Choice[]): Choice;
  /**
   * Reports the objective value after a step, such as an epoch, for pruners.
   *
   * @throws {RecsysError} `invalid-argument` in a study with several directions, and if the step is no integer from 0
   */
  report(value: number, step: number): void;
  /** Tells whether the trial is unpromising and should end with `prune()`. */
  shouldPrune(): Promise<boolean>;
  /** Ends the trial as pruned: throws an error that `optimize` understands. */
  prune(): never;
  /** Stores plain JSON with the trial. */
  setAttribute(name: string, value: Json): void;
}

export interface AskOptions {
  /** Aborts `Trial.signal`. */
  readonly signal?: AbortSignal | undefined;
  /** User attributes that are written together with the beginning of the trial. */
  readonly attributes?: Attributes | undefined;
}

/** What a trial needs of its study. */
export interface TrialContext {
  readonly journal: Journal;
  readonly study: StudyRecord;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
  readonly draw: DrawContext;
  readonly signal: AbortSignal;
  /** Internal values that were proposed jointly. */
  readonly joint: Readonly<Record<string, number>>;
}

/** The error of `Trial.prune`. */
const pruned = new RecsysError('trial-pruned', 'The trial was pruned.');

export const isPruned = (error: unknown): boolean => error === pruned;

/** Name of the system attribute with the parameters of an enqueued trial, as Optuna calls it. */
export const FIXED_KEY = 'fixed_params';

/** Name of the user attribute of a trial that runs the parameters of a failed one again: the number of that one. */
export const RETRY_KEY = 'retry_of';

/** Creates the handle of a running trial. */
export function createTrial(record: TrialRecord, context: TrialContext): Trial {
  const { journal, study, sampler, pruner, draw, signal, joint } = context;
  const { id, number } = record;
  const params: Record<string, ParameterValue> = { ...record.params };
  const distributions = new Map<string, Distribution>(Object.entries(record.distributions));
  const fixed = (record.systemAttributes[FIXED_KEY] ?? {}) as Readonly<Record<string, ParameterValue>>;
  const reported = new Set<number>(record.intermediate.keys());

  function name(parameter: string, distribution: Distribution): ParameterValue {
    const before = distributions.get(parameter) ?? study.distributions.get(parameter);
    if (before && !areCompatible(before, distribution))
      throw new RecsysError(
        'parameter-changed',
        `trial(${parameter}): expected the distribution of earlier trials, ${encodeDistribution(before)}, received ` +
          `${encodeDistribution(distribution)}. Give the parameter another name.`,
      );
    if (distributions.has(parameter)) return params[parameter]!;
    const internal = choose(parameter, distribution);
    const value = toExternal(distribution, internal);
    params[parameter] = value;
    distributions.set(parameter, distribution);
    journal.write({
      op_code: operation.setParameter,
      trial_id: id,
      param_name: parameter,
      param_value_internal: internal,
      distribution: encodeDistribution(distribution),
    });
    return value;
  }

  /** An enqueued value, the only value, the joint proposal, or one drawn by itself. */
  function choose(parameter: string, distribution: Distribution): number {
    if (Object.hasOwn(fixed, parameter))
      return (
        toInternal(distribution, fixed[parameter]) ??
        invalid(`trial(${parameter})`, 'an enqueued value within the range', String(fixed[parameter]))
      );
    if (isSingle(distribution)) return distribution.kind === 'categorical' ? 0 : distribution.low;
    const proposed = Object.hasOwn(joint, parameter) ? joint[parameter] : undefined;
    if (proposed !== undefined && toInternal(distribution, toExternal(distribution, proposed)) !== undefined)
      return proposed;
    return sampler.sampleOne(study, draw, parameter, distribution);
  }

  const setSystemAttribute = (key: string, value: Json): void =>
    journal.write({ op_code: operation.setSystemAttribute, trial_id: id, system_attr: { [key]: value } });

  return {
    number,
    params,
    signal,
    float: (parameter, range) => name(parameter, createFloat(parameter, range)) as number,
    integer: (parameter, range) => name(parameter, createInteger(parameter, range)) as number,
    categorical: <const Choice extends ParameterValue>(parameter: string, choices: readonly Choice[]) =>
      name(parameter, createCategorical(parameter, choices)) as Choice,
    report(value, step) {
      if (study.directions.length > 1)
        invalid('trial.report', 'a study with one direction', `${study.directions.length} directions`);
      assertInteger('trial.report(step)', step, { minimum: 0 });
      if (typeof value !== 'number') invalid('trial.report(value)', 'a number', String(value));
      if (reported.has(step)) return; // as Optuna: the first report of a step stays
      reported.add(step);
      journal.write({
        op_code: operation.setIntermediate,
        trial_id: id,
        step,
        intermediate_value: value,
      });
    },
    async shouldPrune() {
      await journal.flush();
      const now = study.trials[number]!;
      return now.state === 'running' && pruner.shouldPrune(study, now, setSystemAttribute);
    },
    prune() {
      throw pruned;
    },
    setAttribute(key, value) {
      journal.write({ op_code: operation.setAttribute, trial_id: id, user_attr: { [key]: value } });
    },
  };
}
