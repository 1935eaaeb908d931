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
