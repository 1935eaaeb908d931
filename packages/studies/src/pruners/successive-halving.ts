import { assertInteger } from '@footlight/core';
import type { Pruner, StudyView, TrialRecord } from '../types.js';
import { findLastStep, findLongest, toLoss } from './reports.js';

export interface SuccessiveHalvingOptions {
  /**
   * Step at which the first decision falls. Default: a hundredth of the longest complete trial's steps, at least 1.
   */
  readonly minimumSteps?: number | undefined;
  /** One of so many trials goes on from each rung to the next. Default 4. */
  readonly reductionFactor?: number | undefined;
  /** Number of rungs that are left out, so that the first decision falls later. Default 0. */
  readonly skippedRungs?: number | undefined;
  /** Number of trials that a rung needs before one can go on; needs `minimumSteps`. Default 0. */
  readonly bootstrapTrials?: number | undefined;
}

/**
 * Asynchronous successive halving (ASHA): at the rungs of a ladder of steps, only the best 1/η of the trials that
 * reached the rung go on.
 *
 * $$ \text{step of rung } k = r \eta^{s + k} $$
 *
 * A trial decides for itself when it arrives: no trial waits for others. Of the first η − 1 trials of a rung the best
 * one goes on.
 *
 * @example
 * await createStudy({ name: 'search', pruner: successiveHalvingPruner({ minimumSteps: 1, reductionFactor: 3 }) });
 * @throws {RecsysError} `invalid-argument` if an option is out of its range
 * @source Li et al., MLSys 2020, https://arxiv.org/abs/1810.05934; as Optuna's `SuccessiveHalvingPruner`
 */
export function successiveHalvingPruner(options: SuccessiveHalvingOptions = {}): Pruner {
  const { minimumSteps, reductionFactor = 4, skippedRungs = 0, bootstrapTrials = 0 } = options;
  const where = 'successiveHalvingPruner';
  if (minimumSteps !== undefined) assertInteger(`${where}(minimumSteps)`, minimumSteps);
  assertInteger(`${where}(reductionFactor)`, reductionFactor, { minimum: 2 });
  assertInteger(`${where}(skippedRungs)`, skippedRungs, { minimum: 0 });
  const most = minimumSteps === undefined ? { maximum: 0 } : {};
  assertInteger(`${where}(bootstrapTrials)`, bootstrapTrials, { minimum: 0, ...most });
  return {
    name: `successive-halving(${reductionFactor})`,
    shouldPrune(study, trial, setSystemAttribute) {
      const first = minimumSteps ?? estimateMinimum(study);
      if (first === undefined) return false;
      const isCompetitor = (): boolean => true;
      const rungs = { first, reductionFactor, skippedRungs, bootstrapTrials, isCompetitor };
      return decideAtRungs(study, trial, rungs, setSystemAttribute);
    },
  };
}

/** A ladder of steps, and the trials that compete on it. */
export interface Rungs {
  readonly first: number;
  readonly reductionFactor: number;
  readonly skippedRungs: number;
  readonly bootstrapTrials: number;
  isCompetitor(trial: TrialRecord): boolean;
}

/** Enters a trial at the rungs that it has reached, and decides whether it must stop at one. */
export function decideAtRungs(
  study: StudyView,
  trial: TrialRecord,
  { first, reductionFactor, skippedRungs, bootstrapTrials, isCompetitor }: Rungs,
  setSystemAttribute: (name: string, value: number) => void,
): boolean {
  const step = findLastStep(trial);
  if (step === undefined) return false;
  const value = trial.intermediate.get(step)!;
  let rung = 0;
  while (nameRung(rung) in trial.systemAttributes) rung++;
  for (; step >= first * reductionFactor ** (skippedRungs + rung); rung++) {
    if (Number.isNaN(value)) return true;
    const name = nameRung(rung);
    setSystemAttribute(name, value);
    const rivals = study.trials.flatMap(({ systemAttributes, number }) => {
      const reached = systemAttributes[name];
      return typeof reached === 'number' && number !== trial.number && isCompetitor(study.trials[number]!)
        ? [toLoss(study, reached)]
        : [];
    });
    const losses = [...rivals, toLoss(study, value)].sort((one, other) => one - other);
    if (losses.length <= bootstrapTrials) return true;
    const places = Math.max(1, Math.floor(losses.length / reductionFactor));
    if (toLoss(study, value) > losses[places - 1]!) return true;
  }
  return false;
}

const nameRung = (rung: number): string => `completed_rung_${rung}`; // Optuna's name

function estimateMinimum(study: StudyView): number | undefined {
  const last = findLongest(study);
  return last === undefined ? undefined : Math.max(1, Math.floor(last / 100));
}
