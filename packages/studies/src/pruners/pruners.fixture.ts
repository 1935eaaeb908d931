import type { Json } from '@footlight/core';
import type { Direction, Pruner, StudyView, TrialRecord, TrialState } from '../types.js';

/** A trial with these reports at the steps 0, 1, … */
export function createRecord(number: number, reports: readonly number[], state: TrialState = 'complete'): TrialRecord {
  return {
    id: number,
    number,
    state,
    params: {},
    internal: {},
    distributions: {},
    values: state === 'complete' ? [reports.at(-1)!] : undefined,
    intermediate: new Map(reports.map((value, step) => [step, value])),
    attributes: {},
    systemAttributes: {},
  };
}

export function createView(trials: readonly TrialRecord[], direction: Direction = 'minimize'): StudyView {
  const finished = trials.filter(({ state }) => state !== 'running').map(({ number }) => number);
  return { name: 'search', directions: [direction], trials, finished, systemAttributes: {} };
}

/** Decides after every report of a running trial, with its system attributes; returns how many reports it made. */
export function countReports(
  pruner: Pruner,
  trials: readonly TrialRecord[],
  reports: readonly number[],
  direction: Direction = 'minimize',
): number {
  const attributes: Record<string, Json> = {};
  for (let count = 1; count <= reports.length; count++) {
    const trial = {
      ...createRecord(trials.length, reports.slice(0, count), 'running'),
      systemAttributes: { ...attributes },
    };
    const view = createView([...trials, trial], direction);
    const set = (name: string, value: Json): void => void Object.assign(attributes, { [name]: value });
    if (pruner.shouldPrune(view, trial, set)) return count;
  }
  return reports.length;
}
