import { assertInteger, assertNumber } from '@footlight/core';
import type { Pruner } from '../types.js';
import { followReports } from './follow-reports.js';
import { findLastStep, findLowest, toLoss } from './reports.js';

export interface MedianOptions {
  /** Number of complete trials before which no trial is pruned. Default 5. */
  readonly startupTrials?: number | undefined;
  /** Steps of each trial before which it is not pruned. Default 0. */
  readonly warmupSteps?: number | undefined;
  /** Number of steps from one decision to the next. Default 1. */
  readonly intervalSteps?: number | undefined;
  /** Number of complete trials with a report of the step that a decision needs. Default 1. */
  readonly minimumTrials?: number | undefined;
}

/**
 * Percentile pruning: stops a trial whose best report so far is worse than a percentile of the complete trials' reports
 * of the same step.
 *
 * @param keep percentage of the complete trials' reports that count as good, from 0 to 100
 * @example
 * await createStudy({ name: 'search', pruner: percentilePruner(25) }); // the best quarter goes on
 * @throws {RecsysError} `invalid-argument` if an option is out of its range
 * @source Optuna's `PercentilePruner`
 */
export function percentilePruner(keep: number, options: MedianOptions = {}): Pruner {
  assertNumber('percentilePruner(keep)', keep, { from: 0, to: 100 });
  return createPruner('percentilePruner', `percentile(${keep})`, keep, options);
}

/**
 * Median pruning: stops a trial whose best report so far is worse than the median of the complete trials' reports of
 * the same step.
 *
 * @example
 * await createStudy({ name: 'search', pruner: medianPruner({ warmupSteps: 3 }) });
 * @throws {RecsysError} `invalid-argument` if an option is out of its range
 * @source Golovin et al. (Google Vizier), KDD 2017, section 3.2.2; as Optuna's `MedianPruner`
 */
export function medianPruner(options: MedianOptions = {}): Pruner {
  return createPruner('medianPruner', 'median', 50, options);
}

function createPruner(where: string, name: string, keep: number, options: MedianOptions): Pruner {
  const { startupTrials = 5, warmupSteps = 0, intervalSteps = 1, minimumTrials = 1 } = options;
  assertInteger(`${where}(startupTrials)`, startupTrials, { minimum: 0 });
  assertInteger(`${where}(warmupSteps)`, warmupSteps, { minimum: 0 });
  assertInteger(`${where}(intervalSteps)`, intervalSteps);
  assertInteger(`${where}(minimumTrials)`, minimumTrials);
  const follow = followReports();
  return {
    name,
    shouldPrune(study, trial) {
      const step = findLastStep(trial);
      if (step === undefined || step < warmupSteps) return false;
      const { complete, getReports } = follow(study);
      if (complete === 0 || complete < startupTrials) return false;
      const begin = Math.floor((step - warmupSteps) / intervalSteps) * intervalSteps + warmupSteps;
      const before = [...trial.intermediate.keys()].filter((each) => each !== step);
      if (before.some((each) => each >= begin)) return false; // decided in this interval
      const best = findLowest([...trial.intermediate.values()].map((value) => toLoss(study, value)));
      if (Number.isNaN(best)) return true;
      const { count, losses } = getReports(step);
      if (count < minimumTrials) return false;
      return best > computePercentile(losses, keep); // false for NaN
    },
  };
}

/** Percentile of sorted numbers, interpolated linearly between two neighbors; NaN if there is none. */
function computePercentile(sorted: Float64Array, percentage: number): number {
  const place = ((sorted.length - 1) * percentage) / 100;
  const [low, high] = [sorted[Math.floor(place)] ?? Number.NaN, sorted[Math.ceil(place)] ?? Number.NaN];
  return low === high ? low : low + (high - low) * (place - Math.floor(place));
}
