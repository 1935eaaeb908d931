import { createRng, invalid, type Json, omitUndefined } from '@footlight/core';
import { ensureBackend, tf } from '@footlight/engine';
import { disposeParameters } from '@footlight/layers';
import { describeEnvironment } from '#platform/run/describe-environment';
import { isLearned } from '../experiment/define-experiment.js';
import { describeTraining } from '../experiment/describe-training.js';
import type { EpochReport, Experiment, Protocol } from '../types.js';
import { createDataLoader, type DataLoader } from './data-loader.js';
import { evaluatePart } from './evaluate-part.js';
import { solve, type TrainingResult, train } from './train.js';
import type { Environment, RunOptions } from './types.js';

export interface ValidateOptions
  extends Pick<RunOptions, 'directory' | 'onProgress' | 'onData' | 'onEpoch' | 'signal'> {
  /** Keeps the data for further experiments. Default: a new one. */
  readonly loader?: DataLoader | undefined;
}

/** What training on the training part alone has reached on the validation part. */
export interface ValidationOutcome {
  readonly protocol: Protocol;
  /** Means of the metrics on the validation part, at the best epoch if training could stop early. */
  readonly validation: Readonly<Record<string, number>>;
  /** Training options as data; absent for solvers. */
  readonly training?: { readonly [option: string]: Json };
  /** With `validation` after every epoch; empty for solvers. */
  readonly epochs: readonly EpochReport[];
  /** Present if training could stop early. */
  readonly bestEpoch?: number;
  readonly seed: number;
  readonly backend: string;
  readonly environment: Environment;
}

/**
 * Trains the model of an experiment on the training part and evaluates the validation part: learned models after every
 * epoch, solvers once. The test part is never evaluated, so that options may be chosen by the result.
 *
 * `refit` has no effect, as it is about the test. `onEpoch` may end the run by an error.
 *
 * @throws {RecsysError} `invalid-argument` if the split has no validation part, or for a two-staged experiment
 * @example
 * const { validation } = await validateExperiment(experiment);
 */
export async function validateExperiment(
  given: Experiment,
  { loader = createDataLoader(), ...options }: ValidateOptions = {},
): Promise<ValidationOutcome> {
  const experiment = prepare(given);
  await ensureBackend();
  const { splits, protocol, archives } = await loader.load(experiment, options);
  options.onData?.(protocol, archives);
  const { validation: heldOut } = splits;
  if (!heldOut)
    return invalid(
      'validateExperiment(split)',
      'a split with a validation part',
      `${experiment.split.name}, which has none`,
      'Choose a split that has one, e.g. leaveLastOut().',
    );
  const rng = createRng(experiment.seed);
  const result = isLearned(experiment)
    ? await train(experiment, splits, rng, { ...options, protocol })
    : await solve(experiment, splits, rng, options);
  try {
    const evaluated = findReport(result)?.validation;
    const measure = async () => {
      const { metrics } = await evaluatePart(result.predictor, heldOut, experiment, splits, options);
      return Object.fromEntries(Object.entries(metrics).map(([name, { mean }]) => [name, mean]));
    };
    return {
      protocol,
      validation: evaluated ?? (await measure()),
      ...(isLearned(experiment) && { training: describeTraining(experiment) }),
      epochs: result.epochs,
      ...omitUndefined({ bestEpoch: result.bestEpoch }),
      seed: experiment.seed,
      backend: tf.getBackend(),
      environment: describeEnvironment(),
    };
  } finally {
    disposeParameters(result.predictor.parameters);
  }
}

/** The same experiment, whose validation part is evaluated after every epoch, and no other part. */
function prepare({ refit: _, ...experiment }: Experiment): Experiment {
  if (!isLearned(experiment)) return experiment;
  if (experiment.twoStaged)
    return invalid(
      'validateExperiment',
      'an experiment of one stage',
      'a two-staged one',
      'Choose the final weight of the penalty as a parameter: annealed({ cap, epochs }).',
    );
  return { ...experiment, monitor: 'validation' as const };
}

/** The report of the epoch whose parameters are in use. */
function findReport({ epochs, bestEpoch = epochs.length - 1 }: TrainingResult): EpochReport | undefined {
  return epochs[bestEpoch];
}
