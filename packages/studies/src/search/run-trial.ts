import { RecsysError } from '@footlight/core';
import {
  type EpochReport,
  type Experiment,
  type RunOptions,
  splitIntoFolds,
  validateExperiment,
} from '@footlight/trainer';
import { isPruned, type Trial } from '../trial.js';
import { assertData, assertProtocol } from './definition.js';
import type { OpenedSearch } from './open-search.js';

export interface RunTrialOptions {
  /** Ends the trial. Default: that of the trial. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: RunOptions['onProgress'];
  /** Called after every epoch, with the number of the run if a trial has several. */
  readonly onEpoch?: ((epoch: EpochReport, run: number) => void) | undefined;
}

/**
 * Runs one trial of a search: creates its experiment, trains it on the training part, evaluates the validation part and
 * reports the metric on the way. Stores the seed, the protocol, the version and all metrics with the trial.
 *
 * @returns the value of the objective
 * @throws the error of `trial.prune()` if the pruner stops it; whatever the experiment throws, with the message stored
 *   as the attribute `reason`
 * @example
 * const opened = await openSearch(search, { name: 'mine' });
 * await opened.study.optimize((trial) => runTrial(opened, trial), { trials: 20 });
 */
export async function runTrial(opened: OpenedSearch, trial: Trial, options: RunTrialOptions = {}): Promise<number> {
  try {
    return await runAll(opened, trial, options);
  } catch (error) {
    if (!isPruned(error)) trial.setAttribute('reason', error instanceof Error ? error.message : String(error));
    throw error;
  }
}

async function runAll(opened: OpenedSearch, trial: Trial, options: RunTrialOptions): Promise<number> {
  const { search, study, protocol } = opened;
  const experiment = search.space(trial);
  assertProtocol(study.name, experiment, protocol);
  trial.setAttribute('protocol', protocol.hash);
  trial.setAttribute('seed', experiment.seed);
  const runs = listRuns(experiment, search.seeds ?? 1);
  const totals = new Map<string, number>();
  for (const [number, run] of runs.entries()) {
    const { validation, epochs, bestEpoch, backend, environment } = await validate(
      opened,
      run,
      trial,
      options,
      number,
      runs.length,
    );
    for (const [name, value] of Object.entries(validation)) totals.set(name, (totals.get(name) ?? 0) + value);
    if (number > 0) continue;
    trial.setAttribute('backend', backend);
    trial.setAttribute('version', environment.versions.footlight!);
    if (epochs.length > 0) trial.setAttribute('epochs', epochs.length);
    if (bestEpoch !== undefined) trial.setAttribute('bestEpoch', bestEpoch);
  }
  const means = [...totals].map(([name, total]) => [name, total / runs.length] as const);
  trial.setAttribute(
    'metrics',
    Object.fromEntries(means.map(([name, mean]) => [name, Number.isFinite(mean) ? mean : null])),
  );
  return new Map(means).get(search.objective.metric)!;
}

/** One experiment per fold and seed. */
function listRuns(experiment: Experiment, seeds: number): Experiment[] {
  const folds = splitIntoFolds(experiment);
  return Array.from({ length: seeds * folds.length }, (_, number) => ({
    ...folds[number % folds.length]!,
    seed: experiment.seed + number,
  }));
}

/** A single run reports after each epoch, and may be pruned before the last one; of several, each reports once. */
async function validate(
  { search, study, loader, protocol, directory }: OpenedSearch,
  experiment: Experiment,
  trial: Trial,
  { signal = trial.signal, onProgress, onEpoch }: RunTrialOptions,
  number: number,
  count: number,
) {
  const { metric } = search.objective;
  const prune = async (): Promise<void> => {
    if (await trial.shouldPrune()) trial.prune();
  };
  const outcome = await validateExperiment(experiment, {
    loader,
    directory,
    signal,
    onProgress,
    onData(loaded) {
      if (!experiment.dataset.drawn) assertData(study.name, loaded, protocol);
    },
    async onEpoch(report) {
      onEpoch?.(report, number);
      if (count > 1) return;
      trial.report(report.validation![metric]!, report.epoch);
      if (report.epoch + 1 < (experiment.epochs ?? 0)) await prune();
    },
  });
  const value = outcome.validation[metric];
  if (value === undefined)
    throw new RecsysError('invalid-argument', `trial ${trial.number}: expected the metric ${metric}, received none.`);
  if (count > 1 || outcome.epochs.length === 0) trial.report(value, count > 1 ? number : 0);
  if (number + 1 < count) await prune();
  return outcome;
}
