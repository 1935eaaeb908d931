import { type Experiment, isLearned } from '@footlight/trainer';
import type { Project } from '../project/find-project.js';
import type { RunOptions } from './types.js';

/**
 * Chooses the number of runs of an experiment: that of `--seeds`, else that of the project for learned models, else 1.
 * Solved models give the same numbers again, and the folds of a cross-validation are several runs already.
 */
export function chooseSeeds(
  experiment: Experiment,
  { seeds, table }: Pick<RunOptions, 'seeds' | 'table'>,
  project: Pick<Project, 'seeds'>,
): number {
  const repeats = table === undefined && isLearned(experiment) && experiment.folds === undefined;
  return seeds ?? (repeats ? project.seeds : undefined) ?? 1;
}
