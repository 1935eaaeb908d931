import { invalid } from './error.js';

/**
 * Checks that an option is an integer from `minimum` (default 1) to `maximum` (default none) and returns it.
 *
 * @example
 * assertInteger('ndcg(at)', at)
 * @throws {RecsysError} `invalid-argument` if it is not
 */
export function assertInteger(
  where: string,
  value: number,
  { minimum = 1, maximum = Number.MAX_SAFE_INTEGER }: { minimum?: number; maximum?: number } = {},
): number {
  if (Number.isSafeInteger(value) && value >= minimum && value <= maximum) return value;
  const range =
    maximum < Number.MAX_SAFE_INTEGER
      ? `an integer from ${minimum} to ${maximum}`
      : minimum === 1
        ? 'a positive integer'
        : minimum === Number.MIN_SAFE_INTEGER
          ? 'an integer'
          : `an integer from ${minimum}`;
  return invalid(where, range, describe(value));
}

/**
 * Checks that an option is a number above 0 and below 1 and returns it.
 *
 * @example
 * assertFraction('atRandom(test)', 0.2)
 * @throws {RecsysError} `invalid-argument` if it is not
 */
export function assertFraction(where: string, value: number): number {
  if (typeof value === 'number' && value > 0 && value < 1) return value;
  return invalid(where, 'a number between 0 and 1', describe(value));
}

/**
 * Checks that an option is one of the choices and returns it.
 *
 * @example
 * assertChoice('gru(start)', 'zero', ['zero', 'learned']) // 'zero'
 * @throws {RecsysError} `invalid-argument` if it is not
 */
export function assertChoice<const T extends string>(where: string, value: T, choices: readonly T[]): T {
  if (choices.includes(value)) return value;
  const quoted = choices.map((choice) => `'${choice}'`);
  const [last, ...others] = quoted.reverse();
  return invalid(where, others.length > 0 ? `${others.reverse().join(', ')} or ${last}` : last!, describe(value));
}

/** The bounds of a number: none, a lower one, or one on each side. Default: every finite number. */
export interface NumberRange {
  /** The smallest value. */
  readonly from?: number;
  /** Every value is greater. */
  readonly above?: number;
  /** The greatest value. */
  readonly to?: number;
  /** Every value is smaller. */
  readonly below?: number;
}

/**
 * Checks that an option is a finite number within its range and returns it.
 *
 * @example
 * assertNumber('adam(beta1)', 0.9, { from: 0, below: 1 }) // 0.9
 * @throws {RecsysError} `invalid-argument` if it is not
 */
export function assertNumber(where: string, value: number, range: NumberRange = {}, hint = ''): number {
  const { from = -Infinity, above = -Infinity, to = Infinity, below = Infinity } = range;
  if (Number.isFinite(value) && value >= from && value > above && value <= to && value < below) return value;
  return invalid(where, describeRange(range), describe(value), hint);
}

function describeRange({ from, above, to, below }: NumberRange): string {
  const [lowest, highest] = [from ?? above, to ?? below];
  if (lowest === undefined) return 'a finite number';
  if (highest !== undefined)
    return `a number in ${from === undefined ? '(' : '['}${lowest}, ${highest}${to === undefined ? ')' : ']'}`;
  if (from !== undefined) return `a finite number from ${from}`;
  return above === 0 ? 'a positive number' : `a finite number above ${above}`;
}

/** Tells the text '3' from the number 3. */
const describe = (value: unknown): unknown => (typeof value === 'string' ? `the text '${value}'` : value);
