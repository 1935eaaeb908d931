import { splitIntoFolds } from '../experiment/cross-validated.js';
import { type Experiment, isLearned } from '../experiment/define-experiment.js';
import { runInTwoStages } from './run-in-two-stages.js';
import { type Outcome, type RunOptions, runStage } from './run-stage.js';

/**
 * Loads, filters, splits, trains and evaluates one experiment with its seed, on the backend that is in use, else on the best that works.
 *
 * An experiment that is `twoStaged` runs as `runInTwoStages` does. Of a `crossValidated` experiment the first fold is run; `splitIntoFolds` gives all.
 *
 * @throws {RecsysError} whatever its parts throw; see their docs
 * @example
 * console.table((await runExperiment(experiment)).metrics);
 */
export function runExperiment(experiment: Experiment, options: RunOptions = {}): Promise<Outcome> {
  const [first] = splitIntoFolds(experiment);
  return isLearned(first) && first.twoStaged ? runInTwoStages(first, options) : runStage(first, options);
}
