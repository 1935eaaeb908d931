import { invalid } from '@footlight/core';
import { disposeParameters } from '@footlight/layers';
import type { LearnedExperiment } from '../experiment/define-experiment.js';
import { stopEarly } from '../fit/stop-early.js';
import type { EpochReport } from './report.js';
import { type Outcome, type RunOptions, runStage } from './run-stage.js';

/** What the second run found, and why it was run as it was. */
export interface TwoStageOutcome extends Outcome {
  /** The weight that the penalty rose to in the second run. */
  readonly cap: number;
  /** The epochs of the first run, in which the weight rose as far as the experiment says. */
  readonly search: readonly EpochReport[];
}

/**
 * Chooses the weight of a penalty in a first training, then trains anew.
 *
 * In the first run the weight rises as the experiment says, e.g. to 1; the weight after which the validation part was best is taken. In the second the
 * weight of a fresh model's penalty rises as fast, but no further.
 *
 * The first run goes through all epochs; the second stops early as the experiment says. Both draw the same random numbers and agree up to the cap, so the
 * second is better only if it improves after that.
 *
 * @throws {RecsysError} `invalid-argument` without `penalty` or `stopEarly`, whose metric is what counts; else whatever `runExperiment` throws
 * @example
 * await runInTwoStages({ ...experiment, penalty: annealed({ cap: 1, epochs: 100 }), stopEarly: stopEarly({ metric: 'ndcg@100' }) })
 * @source Liang et al., WWW 2018, https://arxiv.org/abs/1802.05814, §2.2.2
 */
export async function runInTwoStages(
  experiment: LearnedExperiment,
  options: RunOptions = {},
): Promise<TwoStageOutcome> {
  const { penalty, stopEarly: watched, epochs } = experiment;
  if (!penalty)
    return invalid(
      'runInTwoStages(penalty)',
      'a weight of the penalty',
      'none',
      'Try annealed({ cap: 1, epochs: 100 }).',
    );
  if (!watched)
    return invalid(
      'runInTwoStages(stopEarly)',
      'a metric to choose by',
      'none',
      "Try stopEarly({ metric: 'ndcg@100' }).",
    );
  const first = await runStage(
    { ...experiment, stopEarly: stopEarly({ ...watched, patience: epochs }) },
    searchOptions(options),
  );
  disposeParameters(first.recommender.predictor.parameters);
  const cap = first.epochs[first.bestEpoch!]!.penaltyWeight!;
  const second = await runStage({ ...experiment, penalty: penalty.withCap(cap) }, options);
  return { ...second, cap, search: first.epochs };
}

/** The first run keeps its state in a file of its own. */
function searchOptions({ checkpoint, ...options }: RunOptions): RunOptions {
  return { ...options, ...(checkpoint === undefined ? {} : { checkpoint: `${checkpoint}.search` }) };
}
