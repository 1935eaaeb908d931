import { invalid } from './error.js';

export interface Limits {
  /** Smallest value allowed. Default: none. */
  readonly minimum?: number;
  /** Largest value allowed. Default: none. */
  readonly maximum?: number;
}

/**
 * Checks an option that counts or indexes; returns it.
 *
 * @throws {RecsysError} `invalid-argument` unless it is an integer within the limits
 * @example
 * assertInteger('ndcg(at)', at, { minimum: 1 })
 */
export function assertInteger(where: string, value: number, limits: Limits = {}): number {
  return Number.isSafeInteger(value) && within(value, limits) ? value : invalid(where, `an integer${limitText(limits)}`, value);
}

/**
 * Checks an option that measures; returns it.
 *
 * @throws {RecsysError} `invalid-argument` unless it is a finite number within the limits
 */
export function assertNumber(where: string, value: number, limits: Limits = {}): number {
  return Number.isFinite(value) && within(value, limits) ? value : invalid(where, `a finite number${limitText(limits)}`, value);
}

/**
 * Checks an option that is a share of something; returns it.
 *
 * @throws {RecsysError} `invalid-argument` unless it is strictly between 0 and 1
 */
export function assertFraction(where: string, value: number): number {
  return value > 0 && value < 1 ? value : invalid(where, 'a number between 0 and 1, both excluded', value);
}

function within(value: number, { minimum = -Infinity, maximum = Infinity }: Limits): boolean {
  return value >= minimum && value <= maximum;
}

function limitText({ minimum, maximum }: Limits): string {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  if (minimum !== undefined) return ` of at least ${minimum}`;
  return maximum === undefined ? '' : ` of at most ${maximum}`;
}
