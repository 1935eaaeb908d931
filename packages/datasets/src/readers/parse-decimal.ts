const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** The number of a text in decimal notation; undefined for other texts and for numbers too large for a double. */
export function parseDecimal(text: string): number | undefined {
  const trimmed = text.trim();
  if (!DECIMAL.test(trimmed)) return undefined; // `Number` also reads 0x10 and 0b1
  const number = Number(trimmed);
  return Number.isFinite(number) ? number : undefined;
}
