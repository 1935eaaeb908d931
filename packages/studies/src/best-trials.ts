import { rankByDominance } from './pareto.js';
import { toLosses } from './samplers/split-trials.js';
import type { StudyView, TrialRecord } from './types.js';

/** The complete trial with the best value of the only direction; of equal ones the first. */
export function findBest(study: StudyView): TrialRecord | undefined {
  const sign = study.directions[0] === 'maximize' ? -1 : 1;
  let best: TrialRecord | undefined;
  for (const trial of study.trials)
    if (trial.state === 'complete' && (!best || sign * trial.values![0]! < sign * best.values![0]!)) best = trial;
  return best;
}

/** The complete trials that no other one dominates, by number. */
export function findParetoFront(study: StudyView): TrialRecord[] {
  const complete = study.trials.filter(({ state }) => state === 'complete');
  const ranks = rankByDominance(complete.map(({ values }) => toLosses(study, values!)));
  return complete.filter((_, at) => ranks[at] === 0);
}
