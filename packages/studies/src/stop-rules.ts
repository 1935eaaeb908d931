import { assertInteger, assertNumber, formatCount, invalid } from '@footlight/core';
import { findBest } from './best-trials.js';
import { RETRY_KEY } from './trial.js';
import type { StudyView } from './types.js';

/** When a study ends. The rules are in its log, so that every worker stops by them. */
export interface StopRules {
  /** Number of trials: complete, pruned, failed and running ones. One that is run again counts once. */
  readonly trials?: number | undefined;
  /** Seconds since the first trial began. Running trials end. */
  readonly seconds?: number | undefined;
  /** Objective value that is good enough. */
  readonly target?: number | undefined;
  /** Number of trials that ended after the best one. */
  readonly trialsWithoutImprovement?: number | undefined;
}

/** Name of the study's system attribute that holds the rules. */
export const STOP_KEY = 'footlight:stop';

/** The rules in the log of a study; none if it has none. */
export function readStopRules({ systemAttributes }: Pick<StudyView, 'systemAttributes'>): StopRules {
  return (systemAttributes[STOP_KEY] ?? {}) as StopRules;
}

/** Checks rules and drops the absent ones. @throws {RecsysError} `invalid-argument` */
export function checkStopRules(rules: StopRules, directions: number): Record<string, number> {
  const { trials, seconds, target, trialsWithoutImprovement } = rules;
  if (trials !== undefined) assertInteger('createStudy(stop.trials)', trials);
  if (seconds !== undefined) assertNumber('createStudy(stop.seconds)', seconds, { above: 0 });
  if (target !== undefined) assertNumber('createStudy(stop.target)', target);
  if (trialsWithoutImprovement !== undefined)
    assertInteger('createStudy(stop.trialsWithoutImprovement)', trialsWithoutImprovement);
  if (directions > 1 && (target ?? trialsWithoutImprovement) !== undefined)
    invalid('createStudy(stop)', 'trials or seconds for several directions', 'a rule about the best value');
  return Object.fromEntries(Object.entries(rules).filter(([, value]) => value !== undefined)) as Record<string, number>;
}

/** The number of trials that count for the rule `trials`. */
export function countBegun({ trials }: Pick<StudyView, 'trials'>): number {
  return trials.reduce(
    (count, { state, attributes }) => count + (state === 'waiting' ? 0 : 1) - (RETRY_KEY in attributes ? 1 : 0),
    0,
  );
}

/** The rule that has ended a study, in words; `undefined` while it goes on. */
export function findStopReason(study: StudyView): string | undefined {
  const { trials, seconds, target, trialsWithoutImprovement } = readStopRules(study);
  if (trials !== undefined && countBegun(study) >= trials) return formatCount(trials, 'trial');
  if (seconds !== undefined) {
    const first = study.trials.reduce(
      (least, { started }) => Math.min(least, started?.getTime() ?? Infinity),
      Infinity,
    );
    if (Date.now() - first >= 1000 * seconds) return formatCount(seconds, 'second');
  }
  if (target === undefined && trialsWithoutImprovement === undefined) return undefined;
  const best = findBest(study);
  if (!best) return undefined;
  const sign = study.directions[0] === 'maximize' ? -1 : 1;
  if (target !== undefined && sign * best.values![0]! <= sign * target) return `the value ${best.values![0]}`;
  const since = study.finished.length - 1 - study.finished.lastIndexOf(best.number);
  return trialsWithoutImprovement !== undefined && since >= trialsWithoutImprovement
    ? `${formatCount(since, 'trial')} without improvement`
    : undefined;
}
