import type { StudyContent, StudyTrial } from './study-content.js';

/** State of a trial in figures: `infeasible` is a complete trial that breaks a constraint. */
export type ShownState = StudyTrial['state'] | 'infeasible';

/** States in the order of legends, with the number of their color and symbol: the same in all figures. */
export const looks: Readonly<Record<ShownState, number>> = {
  complete: 0,
  pruned: 1,
  failed: 3,
  running: 2,
  infeasible: 6,
  waiting: 4,
};

/** The look of what stands out: the best trial, the Pareto front. */
export const highlight = 5;

/** The state of a trial; constraints are read where Optuna stores them, and above 0 they are broken. */
export function getState({ state, systemAttributes }: StudyTrial): ShownState {
  if (state !== 'complete') return state;
  const constraints = Object.entries(systemAttributes).flatMap(([key, value]) =>
    key === 'constraints' && Array.isArray(value)
      ? (value as unknown[])
      : key.startsWith('constraints:')
        ? [value]
        : [],
  );
  return constraints.some((value) => typeof value === 'number' && value > 0) ? 'infeasible' : 'complete';
}

/** The numbers of trials by state, in words: `31 complete, 6 pruned`. */
export function formatStates(trials: readonly StudyTrial[]): string {
  const counts = Object.keys(looks).map((state) => [trials.filter((trial) => getState(trial) === state).length, state]);
  return counts
    .filter(([count]) => count !== 0)
    .map(([count, state]) => `${count} ${state}`)
    .join(', ');
}

/** Complete trials that break no constraint, best first in an objective; of equal ones the earlier first. */
export function rankTrials({ trials, directions }: StudyContent, objective: number): StudyTrial[] {
  const sign = directions[objective] === 'maximize' ? -1 : 1;
  return trials
    .filter((trial) => getState(trial) === 'complete' && directions.every((_, at) => getValue(trial, at) !== undefined))
    .sort((one, other) => {
      const [first, second] = [sign * getValue(one, objective)!, sign * getValue(other, objective)!];
      return first === second ? one.number - other.number : first - second; // infinities have no difference
    });
}

/** An objective value of a trial; `undefined` if it has none, or NaN. */
export function getValue({ values }: StudyTrial, objective: number): number | undefined {
  const value: unknown = values?.[objective];
  return typeof value === 'number' && !Number.isNaN(value) ? value : undefined;
}

/** What figures call an objective: the name or the metric in the log, or `value`. */
export function getObjectiveName(study: StudyContent, objective: number): string {
  const { directions, attributes = {}, systemAttributes = {} } = study;
  const names = systemAttributes['study:metric_names'];
  const name: unknown = Array.isArray(names) ? names[objective] : undefined;
  if (typeof name === 'string' && name !== '') return name;
  const search = attributes['footlight:search'] as { metric?: unknown; part?: unknown } | undefined;
  if (directions.length === 1 && typeof search?.metric === 'string')
    return typeof search.part === 'string' ? `${search.metric} (${search.part})` : search.metric;
  return directions.length === 1 ? 'value' : `value ${objective + 1}`;
}
