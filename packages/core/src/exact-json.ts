const name = '$number';

/** Formats a value as JSON in which NaN, infinities and −0, which JSON lacks, are objects; see `parseExactJson`. */
export function formatExactJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, replaceNumber, indent);
}

/**
 * Parses what `formatExactJson` has formatted: every number is the one that it was. Other JSON is parsed as usual.
 *
 * @throws {SyntaxError} if the text is not JSON
 */
export function parseExactJson<T>(text: string): T {
  return JSON.parse(text, restoreNumber) as T;
}

function replaceNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return { [name]: Object.is(value, -0) ? '-0' : String(value) };
}

function restoreNumber(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value;
  return Number((value as { readonly [name]: string })[name]);
}
