import { assertNumber, invalid } from '@footlight/core';
import { splitIntoFolds } from '../experiment/cross-validated.js';
import { isLearned } from '../experiment/define-experiment.js';
import { lockCheckpoint } from '../storage/lock-checkpoint.js';
import { isSameFile, toStoredFile } from '../storage/stored-file.js';
import type { Experiment } from '../types.js';
import { runInTwoStages } from './run-in-two-stages.js';
import { runStage } from './run-stage.js';
import type { Outcome, RunOptions } from './types.js';

/**
 * Runs one experiment with its seed: loads, filters and splits the data, trains and evaluates the model. Uses the
 * backend in use, else the best that works.
 *
 * A `twoStaged` experiment runs in two stages. Of a `crossValidated` experiment the first fold is run; `splitIntoFolds`
 * lists all.
 *
 * A second run with the same checkpoint is refused while the first is at work.
 *
 * @throws {RecsysError} `locked` if another run uses the checkpoint; else with the code of the component that fails,
 *   see its documentation
 * @example
 * console.table((await runExperiment(experiment)).metrics);
 */
export async function runExperiment(experiment: Experiment, options: RunOptions = {}): Promise<Outcome> {
  if (options.checkpointSeconds !== undefined)
    assertNumber('runExperiment(checkpointSeconds)', options.checkpointSeconds, { from: 0 });
  if (options.from !== undefined && options.checkpoint !== undefined && isSameFile(options.from, options.checkpoint))
    invalid('runExperiment(checkpoint)', 'another file than that of from', toStoredFile(options.checkpoint).location);
  const [first] = splitIntoFolds(experiment);
  if (isLearned(first) && first.twoStaged) return runInTwoStages(first, options);
  return lockCheckpoint(options, () => runStage(first, options));
}
