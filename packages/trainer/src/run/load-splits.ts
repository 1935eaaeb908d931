import { invalid, omitUndefined, type Rng, yieldWhenDue } from '@footlight/core';
import {
  type ArchiveUse,
  type DataFingerprint,
  fingerprintInPieces,
  type Interactions,
  joinValidation,
  type Splits,
} from '@footlight/datasets';
import { describeProtocol } from '../experiment/describe-protocol.js';
import type { Experiment, Protocol } from '../types.js';
import { type LeaveOutRules, type LeftOut, leaveOutCold } from './leave-out-cold.js';
import type { RunOptions } from './types.js';

/** The parts of the data, and the protocol with their fingerprint. */
export interface LoadedData {
  readonly splits: Splits;
  readonly protocol: Protocol;
  /** The archives that were read. */
  readonly archives: readonly ArchiveUse[];
  /** What was left out of the held-out parts; absent if nothing was. */
  readonly leftOut?: { readonly validation?: LeftOut; readonly test: LeftOut };
}

/**
 * Loads, filters and splits the data of an experiment, and leaves out what no model can know, unless the experiment has
 * `cold: 'include'`; with `candidates: 'cold-items'` also targets that are no candidates.
 *
 * @throws {RecsysError} `invalid-argument` if a part is missing or no target is left
 */
export async function loadSplits(experiment: Experiment, rng: Rng, options: RunOptions): Promise<LoadedData> {
  return splitInteractions(experiment, rng, await loadInteractions(experiment, rng, options), options);
}

/** The interactions of a dataset before filters and split, with their fingerprint. */
export interface LoadedInteractions {
  readonly all: Interactions;
  readonly fingerprint: DataFingerprint;
  readonly archives: readonly ArchiveUse[];
}

/** Loads the interactions of an experiment; those of equal seeds are equal. */
export async function loadInteractions(
  { dataset }: Experiment,
  rng: Rng,
  { directory, onProgress, signal }: RunOptions,
): Promise<LoadedInteractions> {
  const archives: ArchiveUse[] = [];
  const all = await dataset.load({
    rng: rng.fork('dataset'),
    onArchive: (use) => archives.push(use),
    ...omitUndefined({ directory, onProgress, signal }),
  });
  await yieldWhenDue();
  return { all, fingerprint: await fingerprintInPieces(all, { onProgress }), archives };
}

/** Filters and splits interactions; `loadSplits` without the loading. */
export async function splitInteractions(
  experiment: Experiment,
  rng: Rng,
  { all, fingerprint, archives }: LoadedInteractions,
  { onData }: Pick<RunOptions, 'onData'> = {},
): Promise<LoadedData> {
  const { filters = [], split, refit } = experiment;
  const protocol = describeProtocol(experiment, fingerprint);
  onData?.(protocol, archives);
  let filtered = all;
  for (const filter of filters) {
    filtered = filter.apply(filtered);
    await yieldWhenDue();
  }
  const splits = split.split(filtered, rng.fork('split'));
  await yieldWhenDue();
  if (refit && !splits.validation)
    invalid(
      'runExperiment(refit)',
      'a split with a validation part',
      'one without',
      'Choose a split that has one, e.g. leaveLastOut().',
    );
  const { cold = 'exclude', candidates = 'every-item' } = experiment;
  if (cold === 'include' && candidates === 'every-item') return { splits, protocol, archives };
  const known = refit ? joinValidation(splits) : splits.train;
  return { ...leaveOutOfAll(splits, known, { cold, candidates }), protocol, archives };
}

/** @param known the interactions that the tested model is trained on */
function leaveOutOfAll(
  splits: Splits,
  known: Splits['train'],
  rules: LeaveOutRules,
): Omit<LoadedData, 'protocol' | 'archives'> {
  const test = leaveOutCold('test', known, splits.test, rules);
  const validation = splits.validation && leaveOutCold('validation', splits.train, splits.validation, rules);
  const { uncutValidation = splits.validation } = splits; // `joinValidation` takes all of it
  const parts = { ...omitUndefined({ uncutValidation, validation: validation?.heldOut }), test: test.heldOut };
  const leftOut = { ...omitUndefined({ validation: validation?.leftOut }), test: test.leftOut };
  const isAny = Object.values(leftOut).some(({ interactions }) => interactions > 0);
  return { splits: { ...splits, ...parts }, ...(isAny && { leftOut }) };
}
