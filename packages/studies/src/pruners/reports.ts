import { followFinished } from '../follow-finished.js';
import type { StudyView, TrialRecord } from '../types.js';

/** The last step that a trial reported. */
export function findLastStep({ intermediate }: TrialRecord): number | undefined {
  let last: number | undefined;
  for (const step of intermediate.keys()) if (last === undefined || step > last) last = step;
  return last;
}

const followLongest = followFinished<{ last: number | undefined }>(
  () => ({ last: undefined }),
  (longest, trial) => {
    const last = trial.state === 'complete' ? findLastStep(trial) : undefined;
    if (last !== undefined && (longest.last === undefined || last > longest.last)) longest.last = last;
  },
);

/** The last step of the complete trial with the most steps. */
export function findLongest(study: StudyView): number | undefined {
  return followLongest(study).last;
}

/** Reported values as losses: smaller is better. */
export function toLoss({ directions }: StudyView, value: number): number {
  return directions[0] === 'maximize' ? -value : value;
}

/** The smallest of the losses, without NaN; NaN if there is no other. */
export function findLowest(losses: readonly number[]): number {
  const numbers = losses.filter((loss) => !Number.isNaN(loss));
  return numbers.length === 0 ? Number.NaN : numbers.reduce((one, other) => Math.min(one, other));
}
