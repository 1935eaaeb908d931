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
        : `an integer from ${minimum}`;
  return invalid(where, range, value);
}

/**
 * Checks that an option is a number above 0 and below 1 and returns it.
 *
 * @example
 * assertFraction('atRandom(test)', 0.2)
 * @throws {RecsysError} `invalid-argument` if it is not
 */
export function assertFraction(where: string, value: number): number {
  return value > 0 && value < 1 ? value : invalid(where, 'a number between 0 and 1', value);
}
