import { assertInteger } from '@footlight/core';
import type { Pruner, StudyView } from '../types.js';
import { crc32 } from './crc32.js';
import { findLongest } from './reports.js';
import { decideAtRungs } from './successive-halving.js';

export interface HyperbandOptions {
  /** Step at which the earliest decision falls. Default 1. */
  readonly minimumSteps?: number | undefined;
  /** Number of steps of a whole trial. Default: the most that a complete trial has reported. */
  readonly maximumSteps?: number | undefined;
  /** One of so many trials goes on from each rung to the next. Default 3. */
  readonly reductionFactor?: number | undefined;
}

/**
 * Hyperband: several ladders of successive halving (brackets), of which later ones decide later.
 *
 * $$ \text{brackets} = \lfloor \log_\eta (R / r) \rfloor + 1, \quad \text{share of bracket } b \propto \left\lceil
 * \frac{B \eta^{B - 1 - b}}{B - b} \right\rceil $$
 *
 * The bracket of a trial follows from the names of the study and its number, as in Optuna, so that all workers agree.
 *
 * @example
 * await createStudy({ name: 'search', pruner: hyperbandPruner({ maximumSteps: 27 }) });
 * @throws {RecsysError} `invalid-argument` if an option is out of its range
 * @source Li et al., JMLR 2018, https://jmlr.org/papers/v18/16-558.html; as Optuna's `HyperbandPruner`
 */
export function hyperbandPruner(options: HyperbandOptions = {}): Pruner {
  const { minimumSteps = 1, maximumSteps, reductionFactor = 3 } = options;
  assertInteger('hyperbandPruner(minimumSteps)', minimumSteps);
  if (maximumSteps !== undefined)
    assertInteger('hyperbandPruner(maximumSteps)', maximumSteps, { minimum: minimumSteps });
  assertInteger('hyperbandPruner(reductionFactor)', reductionFactor, { minimum: 2 });
  /** Decided once: the longest complete trial when the first decision is due. */
  let steps = maximumSteps;
  return {
    name: `hyperband(${reductionFactor})`,
    shouldPrune(study, trial, setSystemAttribute) {
      steps ??= countSteps(study);
      if (steps === undefined) return false;
      const budgets = shareBudget(Math.max(steps, minimumSteps) / minimumSteps, reductionFactor);
      const bracket = chooseBracket(study.name, trial.number, budgets);
      const rungs = {
        first: minimumSteps,
        reductionFactor,
        skippedRungs: bracket,
        bootstrapTrials: 0,
        isCompetitor: ({ number }: { number: number }) => chooseBracket(study.name, number, budgets) === bracket,
      };
      return decideAtRungs(study, trial, rungs, setSystemAttribute);
    },
  };
}

/** The share of the trials of each bracket. */
export function shareBudget(ratio: number, reductionFactor: number): number[] {
  const brackets = Math.floor(Math.log(ratio) / Math.log(reductionFactor) + 1e-12) + 1;
  return Array.from({ length: brackets }, (_, bracket) => {
    const rest = brackets - 1 - bracket;
    return Math.ceil((brackets * reductionFactor ** rest) / (rest + 1));
  });
}

export function chooseBracket(study: string, number: number, budgets: readonly number[]): number {
  const total = budgets.reduce((sum, budget) => sum + budget, 0);
  let place = crc32(`${study}_${number}`) % total;
  for (const [bracket, budget] of budgets.entries()) {
    place -= budget;
    if (place < 0) return bracket;
  }
  return budgets.length - 1;
}

function countSteps(study: StudyView): number | undefined {
  const last = findLongest(study);
  return last === undefined ? undefined : last + 1;
}
