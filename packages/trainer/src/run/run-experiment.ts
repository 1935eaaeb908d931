import { splitIntoFolds } from '../experiment/cross-validated.js';
import { isLearned } from '../experiment/define-experiment.js';
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
 * @throws {RecsysError} with the code of the component that fails; see its documentation
 * @example
 * console.table((await runExperiment(experiment)).metrics);
 */
export function runExperiment(experiment: Experiment, options: RunOptions = {}): Promise<Outcome> {
  const [first] = splitIntoFolds(experiment);
  return isLearned(first) && first.twoStaged ? runInTwoStages(first, options) : runStage(first, options);
}
