import { invalid } from './error.js';

/** Checks an option that counts something and returns it. */
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

/** Checks an option that is a share of something, strictly between 0 and 1, and returns it. */
export function assertFraction(where: string, value: number): number {
  return value > 0 && value < 1 ? value : invalid(where, 'a number between 0 and 1', value);
}
