import { followFinished } from '../follow-finished.js';
import type { StudyView } from '../types.js';
import { toLoss } from './reports.js';

/** The reports of one step. */
interface StepReports {
  /** The number of complete trials that reported the step. */
  readonly count: number;
  /** The reports as losses, ascending, without NaN. */
  readonly losses: Float64Array;
}

/** The reports of the complete trials of a study. */
interface CompleteReports {
  /** The number of complete trials. */
  readonly complete: number;
  getReports(step: number): StepReports;
}

interface GrowingReports {
  count: number;
  losses: Float64Array;
  /** Reports that are not among the sorted ones yet. */
  recent: number[];
}

/** Follows the complete trials of a study: a question costs no more than the reports of one step. */
export function followReports(): (study: StudyView) => CompleteReports {
  const follow = followFinished(
    () => ({ complete: 0, byStep: new Map<number, GrowingReports>() }),
    (known, { state, intermediate }, study) => {
      if (state !== 'complete') return;
      known.complete++;
      for (const [step, value] of intermediate) {
        const reports = known.byStep.get(step) ?? { count: 0, losses: new Float64Array(0), recent: [] };
        known.byStep.set(step, reports);
        reports.count++;
        if (!Number.isNaN(value)) reports.recent.push(toLoss(study, value));
      }
    },
  );
  return (study) => {
    const { complete, byStep } = follow(study);
    const getReports = (step: number): StepReports => {
      const reports = byStep.get(step) ?? { count: 0, losses: new Float64Array(0), recent: [] };
      if (reports.recent.length > 0) {
        reports.losses = merge(reports.losses, Float64Array.from(reports.recent).sort());
        reports.recent = [];
      }
      return reports;
    };
    return { complete, getReports };
  };
}

/** Merges two sorted lists. */
function merge(one: Float64Array, other: Float64Array): Float64Array {
  const merged = new Float64Array(one.length + other.length);
  let [left, right] = [0, 0];
  for (let at = 0; at < merged.length; at++)
    merged[at] = right === other.length || one[left]! <= other[right]! ? one[left++]! : other[right++]!;
  return merged;
}
