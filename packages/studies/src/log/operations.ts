import type { Json } from '@footlight/core';
import type { Direction, TrialState } from '../types.js';

/** Codes of the operations of Optuna's journal. */
export const operation = {
  createStudy: 0,
  deleteStudy: 1,
  setStudyAttribute: 2,
  setStudySystemAttribute: 3,
  createTrial: 4,
  setParameter: 5,
  setStateAndValues: 6,
  setIntermediate: 7,
  setAttribute: 8,
  setSystemAttribute: 9,
  discardTrials: 10,
} as const;

const states: readonly TrialState[] = ['running', 'complete', 'pruned', 'failed', 'waiting'];
const directions: readonly Direction[] = ['minimize', 'maximize'];

export const encodeState = (state: TrialState): number => states.indexOf(state);
export const decodeState = (code: number): TrialState | undefined => states[code];
export const encodeDirection = (direction: Direction): number => directions.indexOf(direction) + 1;
export const decodeDirection = (code: number): Direction => directions[code - 1] ?? 'minimize';

export const isFinished = (state: TrialState): boolean => state !== 'running' && state !== 'waiting';

/** The fields of an entry, of all operations. */
export interface Entry {
  readonly op_code: number;
  readonly worker_id: string;
  readonly study_name?: string;
  readonly directions?: readonly number[];
  readonly study_id?: number;
  readonly trial_id?: number;
  readonly user_attr?: Readonly<Record<string, Json>>;
  readonly system_attr?: Readonly<Record<string, Json>>;
  readonly param_name?: string;
  readonly param_value_internal?: number;
  readonly distribution?: string;
  readonly state?: number;
  readonly value?: number | null;
  readonly values?: readonly number[] | null;
  readonly step?: number;
  readonly intermediate_value?: number;
  readonly datetime_start?: string | null;
  readonly datetime_complete?: string | null;
  readonly distributions?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, number>>;
  readonly user_attrs?: Readonly<Record<string, Json>>;
  readonly system_attrs?: Readonly<Record<string, Json>>;
  readonly intermediate_values?: Readonly<Record<string, number>>;
}

/** The time now, as Python's `datetime.isoformat` writes it in UTC. */
export function formatNow(): string {
  return new Date().toISOString().replace('Z', '000+00:00');
}
