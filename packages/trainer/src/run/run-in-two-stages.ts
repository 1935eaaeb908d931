import { invalid } from '@footlight/core';
import { disposeParameters } from '@footlight/layers';
import { describeTraining } from '../experiment/describe-training.js';
import { stopEarly } from '../fit/stop-early.js';
import { describeStart } from '../storage/artifact.js';
import { readEarlierRun } from '../storage/earlier-run.js';
import { lockCheckpoint } from '../storage/lock-checkpoint.js';
import { toStoredFile } from '../storage/stored-file.js';
import type { LearnedExperiment } from '../types.js';
import { runStage } from './run-stage.js';
import type { Outcome, PenaltySearch, RunOptions } from './types.js';

/** The outcome of the second run, and the first run that chose its penalty weight. */
export interface TwoStageOutcome extends Outcome {
  /** The final penalty weight of the second run: that of the best epoch of the first run. */
  readonly cap: number;
  /** The first run, whose penalty weight rose as the experiment defines. */
  readonly search: PenaltySearch;
}

/**
 * Runs an experiment in two stages: a first run chooses the final penalty weight, a second run trains up to it.
 *
 * In the first run the weight rises as the experiment defines, e.g. to 1 over 80 % of the epochs; the weight of the
 * epoch with the best metric of `stopEarly` becomes the cap. In the second run the weight of a new model's penalty
 * rises to the cap, over as many epochs or, with `secondRise: 'same-slope'`, as fast as in the first run.
 *
 * The first run completes all epochs. The second stops early as the experiment defines, once its weight has reached the
 * cap, and restores the best of the epochs that end with it.
 *
 * @throws {RecsysError} `invalid-argument` without `penalty` or `stopEarly`, or if these count epochs before the cap;
 *   else whatever `runExperiment` throws
 * @example
 * const [penalty, stop] = [annealed({ cap: 1, epochs: 80 }), stopEarly({ metric: 'ndcg@100', patience: 20 })];
 * await runInTwoStages({ ...experiment, epochs: 100, penalty, stopEarly: stop });
 * @source Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814, §2.2.2
 */
export function runInTwoStages(experiment: LearnedExperiment, options: RunOptions = {}): Promise<TwoStageOutcome> {
  return lockCheckpoint(options, () => runBothStages(experiment, options));
}

async function runBothStages(experiment: LearnedExperiment, options: RunOptions): Promise<TwoStageOutcome> {
  const { penalty, stopEarly: watched, epochs, twoStaged: { secondRise } = { secondRise: 'same-epochs' } } = experiment;
  const { refit: _, ...search } = experiment; // only the second run is tested
  if (!penalty)
    return invalid('runInTwoStages(penalty)', 'a penalty weight', 'none', 'Try annealed({ cap: 1, epochs: 80 }).');
  if (!watched)
    return invalid(
      'runInTwoStages(stopEarly)',
      'a metric to choose the penalty weight by',
      'none',
      "Try stopEarly({ metric: 'ndcg@100' }).",
    );
  if (watched.whileAnnealing === 'count')
    return invalid(
      'runInTwoStages(stopEarly.whileAnnealing)',
      'wait, so that the second run reaches the chosen weight',
      watched.whileAnnealing,
    );
  if (options.from !== undefined && (await readEarlierRun(options.from)))
    return invalid(
      'runInTwoStages(from)',
      'a saved model, since each of two stages has a checkpoint of its own',
      'the checkpoint of a run',
      'Continue an interrupted run with its own checkpoint and resume.',
    );
  const first = await runStage(
    { ...search, stopEarly: stopEarly({ ...watched, patience: epochs, whileAnnealing: 'count' }) },
    toSearchOptions(options),
  );
  disposeParameters(first.recommender.predictor.parameters);
  const cap = first.epochs[first.bestEpoch!]!.penaltyWeight!;
  const reached = secondRise === 'same-slope' ? penalty.withCap(cap) : penalty.scaledTo(cap);
  const second = await runStage({ ...experiment, penalty: reached }, options);
  return {
    ...second,
    training: { ...describeTraining(experiment), ...(await describeStart(options.from)) },
    cap,
    search: { epochs: first.epochs, bestEpoch: first.bestEpoch! },
  };
}

/** The first run stores its state in a file of its own. */
function toSearchOptions({ checkpoint, ...options }: RunOptions): RunOptions {
  return { ...options, checkpoint: checkpoint && toStoredFile(checkpoint).withEnding('.search') };
}
