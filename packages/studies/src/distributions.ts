import { assertInteger, assertNumber, invalid } from '@footlight/core';

/** Value of a parameter. */
export type ParameterValue = number | string | boolean | null;

/** Range of a real-valued parameter, both ends included. */
export interface FloatRange {
  readonly low: number;
  readonly high: number;
  /** Draw uniformly in the logarithm; `low` must be positive, and there can be no `step`. Default false. */
  readonly log?: boolean | undefined;
  /** Distance of neighboring values, counted from `low`. Default: every value of the range. */
  readonly step?: number | undefined;
}

/** Range of an integer parameter, both ends included. */
export interface IntegerRange {
  readonly low: number;
  readonly high: number;
  /** Draw uniformly in the logarithm; `low` must be at least 1, and `step` 1. Default false. */
  readonly log?: boolean | undefined;
  /** Distance of neighboring values, counted from `low`. Default 1. */
  readonly step?: number | undefined;
}

/** Distribution of a parameter, as the log describes it. */
export type Distribution =
  | {
      readonly kind: 'float';
      readonly low: number;
      readonly high: number;
      readonly log: boolean;
      readonly step: number | null;
    }
  | {
      readonly kind: 'integer';
      readonly low: number;
      readonly high: number;
      readonly log: boolean;
      readonly step: number;
    }
  | { readonly kind: 'categorical'; readonly choices: readonly ParameterValue[] };

export type NumericDistribution = Exclude<Distribution, { kind: 'categorical' }>;

/** Checks a range and creates the distribution; `high` falls to the last multiple of `step` above `low`. */
export function createFloat(name: string, { low, high, log = false, step }: FloatRange): Distribution {
  const where = `trial.float(${name})`;
  assertNumber(`${where}: low`, low, log ? { above: 0 } : {});
  assertNumber(`${where}: high`, high, { from: low });
  if (step === undefined) return { kind: 'float', low, high, log, step: null };
  assertNumber(`${where}: step`, step, { above: 0 });
  if (log) invalid(where, 'log or step', 'both', 'Leave one of them out.');
  return { kind: 'float', low, high: snapHigh(low, high, step), log, step };
}

/** Checks a range of integers and creates the distribution. */
export function createInteger(name: string, { low, high, log = false, step = 1 }: IntegerRange): Distribution {
  const where = `trial.integer(${name})`;
  assertInteger(`${where}: low`, low, { minimum: log ? 1 : Number.MIN_SAFE_INTEGER });
  assertInteger(`${where}: high`, high, { minimum: low });
  assertInteger(`${where}: step`, step);
  if (log && step !== 1) invalid(where, 'log or step', 'both', 'Leave one of them out.');
  return { kind: 'integer', low, high: low + Math.floor((high - low) / step) * step, log, step };
}

/** Checks choices and creates the distribution. */
export function createCategorical(name: string, choices: readonly ParameterValue[]): Distribution {
  const where = `trial.categorical(${name})`;
  if (!Array.isArray(choices) || choices.length === 0) invalid(where, 'at least one choice', 'none');
  for (const choice of choices) {
    const isFine = choice === null || ['string', 'boolean'].includes(typeof choice) || Number.isFinite(choice);
    if (!isFine) invalid(where, 'texts, finite numbers, booleans or null', String(choice), 'Name objects by a text.');
  }
  if (new Set(choices).size < choices.length) invalid(where, 'different choices', 'one of them twice');
  return { kind: 'categorical', choices: [...choices] };
}

/** The largest low + k·step up to high. Rounding errors of decimal fractions such as 0.1 do not lose the last one. */
function snapHigh(low: number, high: number, step: number): number {
  const count = (high - low) / step;
  const nearest = Math.round(count);
  if (Math.abs(count - nearest) < 1e-9 * Math.max(1, nearest)) return high;
  return roundDecimal(low + Math.floor(count) * step);
}

/** Drops the rounding error of a sum of decimal fractions: 0.1 + 2 · 0.1 becomes 0.3. */
function roundDecimal(value: number): number {
  return Number(value.toPrecision(15));
}

/** Whether a distribution has one value only. */
export function isSingle(distribution: Distribution): boolean {
  if (distribution.kind === 'categorical') return distribution.choices.length === 1;
  return distribution.low === distribution.high;
}

/** The index of a choice, or the number itself; `undefined` if the distribution does not contain it. */
export function toInternal(distribution: Distribution, value: unknown): number | undefined {
  if (distribution.kind === 'categorical') {
    const at = distribution.choices.indexOf(value as ParameterValue);
    return at < 0 ? undefined : at;
  }
  if (typeof value !== 'number' || !(value >= distribution.low && value <= distribution.high)) return undefined;
  const { step } = distribution;
  if (step === null) return value;
  const count = (value - distribution.low) / step;
  return Math.abs(count - Math.round(count)) < 1e-8 ? value : undefined;
}

/** The choice at an index, or the number itself, as an integer if the distribution is one of integers. */
export function toExternal(distribution: Distribution, internal: number): ParameterValue {
  if (distribution.kind === 'categorical') return distribution.choices[Math.trunc(internal)] ?? null;
  return distribution.kind === 'integer' ? Math.trunc(internal) : internal;
}

/** Rounds to the values of a distribution, and into its range. */
export function snap(distribution: NumericDistribution, value: number): number {
  const { low, high, step } = distribution;
  const inside = Math.min(high, Math.max(low, value));
  if (step === null) return inside;
  const rounded = low + Math.round((inside - low) / step) * step;
  return Math.min(high, distribution.kind === 'float' ? roundDecimal(rounded) : rounded);
}

/** Whether two distributions are equal. */
export function areEqual(one: Distribution, other: Distribution): boolean {
  if (one.kind === 'categorical') return areCompatible(one, other);
  if (other.kind === 'categorical') return false;
  return areCompatible(one, other) && one.low === other.low && one.high === other.high && one.step === other.step;
}

/** Whether a parameter may have both distributions in one study: the same kind, and choices or scale are equal. */
export function areCompatible(one: Distribution, other: Distribution): boolean {
  if (one.kind !== 'categorical') return one.kind === other.kind && one.log === other.log;
  if (other.kind !== 'categorical' || one.choices.length !== other.choices.length) return false;
  return one.choices.every((choice, at) => choice === other.choices[at]);
}
