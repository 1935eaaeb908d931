import type { StudyContent, StudyDistribution, StudyParameter, StudyTrial } from './study-content.js';

/** A trial of tests: what is not named is as in a complete trial without parameters. */
export interface TrialSketch {
  readonly state?: StudyTrial['state'];
  readonly value?: number | readonly number[];
  readonly params?: Readonly<Record<string, StudyParameter>>;
  readonly reports?: readonly (readonly [step: number, value: number])[];
  readonly systemAttributes?: StudyTrial['systemAttributes'];
  /** Seconds after midnight of 2026-01-01 UTC. */
  readonly from?: number;
  readonly to?: number;
}

const midnight = Date.parse('2026-01-01T00:00:00Z');
const toDate = (seconds: number | undefined): Date | undefined =>
  seconds === undefined ? undefined : new Date(midnight + 1000 * seconds);

/** Creates a study from sketches of its trials. */
export function createSample(
  sketches: readonly TrialSketch[],
  distributions: Readonly<Record<string, StudyDistribution>> = {},
  rest: Partial<StudyContent> = {},
): StudyContent {
  const trials = sketches.map(
    (
      { state = 'complete', value, params = {}, reports = [], systemAttributes = {}, from, to },
      number,
    ): StudyTrial => ({
      number,
      state,
      params,
      distributions: Object.fromEntries(Object.keys(params).map((name) => [name, distributions[name]!])),
      values: typeof value === 'number' ? [value] : value,
      intermediate: new Map(reports),
      systemAttributes,
      started: toDate(from),
      completed: toDate(to),
    }),
  );
  return { name: 'sample', directions: ['minimize'], trials, ...rest };
}
