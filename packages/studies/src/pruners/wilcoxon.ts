import { assertInteger, assertNumber } from '@footlight/core';
import { findBest } from '../best-trials.js';
import { computeSignedRankPValue } from '../numeric/signed-rank.js';
import type { Pruner } from '../types.js';
import { toLoss } from './reports.js';

export interface WilcoxonOptions {
  /** p-value below which a trial counts as worse. Default 0.1. */
  readonly threshold?: number | undefined;
  /** Number of reports before which a trial is not pruned. Default 2. */
  readonly startupSteps?: number | undefined;
}

/**
 * Wilcoxon pruning: stops a trial whose reports are significantly worse than those of the best trial at its steps.
 *
 * A step is a repetition, such as a user, a fold or a seed, and its report is the value of that repetition alone; the
 * objective value is their mean. It uses the one-sided signed-rank test. A trial whose mean is better than the best
 * value is not stopped.
 *
 * @example
 * await createStudy({ name: 'folds', pruner: wilcoxonPruner() });
 * @throws {RecsysError} `invalid-argument` if an option is out of its range
 * @source Wilcoxon, Biometrics Bulletin 1 (1945); as Optuna's `WilcoxonPruner`
 */
export function wilcoxonPruner({ threshold = 0.1, startupSteps = 2 }: WilcoxonOptions = {}): Pruner {
  assertNumber('wilcoxonPruner(threshold)', threshold, { from: 0, to: 1 });
  assertInteger('wilcoxonPruner(startupSteps)', startupSteps, { minimum: 0 });
  return {
    name: `wilcoxon(${threshold})`,
    shouldPrune(study, trial) {
      const best = findBest(study);
      if (!best || best.intermediate.size === 0) return false;
      const own = [...trial.intermediate.values()].map((value) => toLoss(study, value));
      const bests = [...best.intermediate.values()].map((value) => toLoss(study, value));
      if (![...own, ...bests].every(Number.isFinite)) return false;
      const differences = [...trial.intermediate].flatMap(([step, value]) => {
        const other = best.intermediate.get(step);
        return other === undefined ? [] : [toLoss(study, value) - toLoss(study, other)];
      });
      if (differences.length < Math.max(2, startupSteps)) return false;
      return computeSignedRankPValue(differences) < threshold && mean(bests) < mean(own);
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
