import { assertInteger, assertNumber } from '@footlight/core';
import type { Pruner } from '../types.js';
import { findLowest, toLoss } from './reports.js';

export interface PatienceOptions {
  /** Number of reports without an improvement that a trial is allowed. */
  readonly patience: number;
  /** Smallest difference that counts as an improvement. Default 0. */
  readonly minimumDifference?: number | undefined;
  /** Pruner that decides once patience has ended. Default: the trial is pruned. */
  readonly pruner?: Pruner | undefined;
}

/**
 * Patience: stops a trial whose last reports are all worse than an earlier one.
 *
 * @example
 * await createStudy({ name: 'search', pruner: patiencePruner({ patience: 3 }) });
 * @throws {RecsysError} `invalid-argument` if an option is out of its range
 * @source Optuna's `PatientPruner`
 */
export function patiencePruner({ patience, minimumDifference = 0, pruner }: PatienceOptions): Pruner {
  assertInteger('patiencePruner(patience)', patience, { minimum: 0 });
  assertNumber('patiencePruner(minimumDifference)', minimumDifference, { from: 0 });
  return {
    name: pruner ? `patience(${patience}, ${pruner.name})` : `patience(${patience})`,
    shouldPrune(study, trial, setSystemAttribute) {
      const steps = [...trial.intermediate.keys()].sort((one, other) => one - other);
      if (steps.length <= patience + 1) return false;
      const losses = steps.map((step) => toLoss(study, trial.intermediate.get(step)!));
      const [before, after] = [losses.slice(0, -patience - 1), losses.slice(-patience - 1)];
      if (!(findLowest(before) + minimumDifference < findLowest(after))) return false;
      return pruner?.shouldPrune(study, trial, setSystemAttribute) ?? true;
    },
  };
}
