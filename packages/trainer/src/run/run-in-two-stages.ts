import { invalid } from '@footlight/core';
import { disposeParameters } from '@footlight/layers';
import { stopEarly } from '../fit/stop-early.js';
import type { EpochReport, LearnedExperiment } from '../types.js';
import { runStage } from './run-stage.js';
import type { Outcome, RunOptions } from './types.js';

/** The outcome of the second run, and the first run that chose its penalty weight. */
export interface TwoStageOutcome extends Outcome {
  /** The largest penalty weight of the second run. */
  readonly cap: number;
  /** The epochs of the first run, whose penalty weight rose as the experiment defines. */
  readonly search: readonly EpochReport[];
}

/**
 * Runs an experiment in two stages: a first run chooses the largest penalty weight, a second run trains with it.
 *
 * In the first run the weight rises as the experiment defines, e.g. to 1; the weight of the epoch with the best metric
 * of `stopEarly` becomes the cap. In the second run the weight of a new model's penalty rises at the same rate, up to
 * the cap.
 *
 * The first run completes all epochs; the second stops early as the experiment defines. Both draw the same random
 * numbers and agree until the weight reaches the cap, so the second run is better only if it improves after that.
 *
 * @throws {RecsysError} `invalid-argument` without `penalty` or `stopEarly`; else whatever `runExperiment` throws
 * @example
 * const [penalty, stop] = [annealed({ cap: 1, epochs: 100 }), stopEarly({ metric: 'ndcg@100' })];
 * await runInTwoStages({ ...experiment, penalty, stopEarly: stop });
 * @source Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814, §2.2.2
 */
export async function runInTwoStages(
  experiment: LearnedExperiment,
  options: RunOptions = {},
): Promise<TwoStageOutcome> {
  const { penalty, stopEarly: watched, epochs } = experiment;
  if (!penalty)
    return invalid('runInTwoStages(penalty)', 'a penalty weight', 'none', 'Try annealed({ cap: 1, epochs: 100 }).');
  if (!watched)
    return invalid(
      'runInTwoStages(stopEarly)',
      'a metric to choose the penalty weight by',
      'none',
      "Try stopEarly({ metric: 'ndcg@100' }).",
    );
  const first = await runStage(
    { ...experiment, stopEarly: stopEarly({ ...watched, patience: epochs }) },
    toSearchOptions(options),
  );
  disposeParameters(first.recommender.predictor.parameters);
  const cap = first.epochs[first.bestEpoch!]!.penaltyWeight!;
  const second = await runStage({ ...experiment, penalty: penalty.withCap(cap) }, options);
  return { ...second, cap, search: first.epochs };
}

/** The first run stores its state in a file of its own. */
function toSearchOptions({ checkpoint, ...options }: RunOptions): RunOptions {
  return { ...options, checkpoint: checkpoint === undefined ? undefined : `${checkpoint}.search` };
}
