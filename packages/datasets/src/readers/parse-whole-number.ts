import { ZERO } from './character-codes.js';

/** A whole number from 0 in its only spelling: `007` and `7.0` are texts, or they could not be written back. */
const WHOLE_NUMBER = /^(0|[1-9]\d*)$/;

/**
 * The number of a text, if it is a whole number from 0 that a double holds exactly (up to 2⁵³ − 1); otherwise
 * undefined.
 */
export function parseWholeNumber(text: string): number | undefined {
  if (!WHOLE_NUMBER.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** The whole number of up to 15 digits between two bytes, in its only spelling; else NaN. */
export function parsePlainNumber(bytes: Uint8Array, from: number, to: number): number {
  const digits = to - from;
  if (digits === 0 || digits > 15 || (digits > 1 && bytes[from] === ZERO)) return Number.NaN;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = 10 * value + digit;
  }
  return value;
}
