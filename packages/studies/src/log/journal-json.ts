/** JSON as Python writes it: with `NaN`, `Infinity` and `-Infinity`, which objective and reported values can be. */
export type JournalJson =
  | null
  | boolean
  | number
  | string
  | readonly JournalJson[]
  | { readonly [key: string]: JournalJson | undefined };

/**
 * Writes JSON on one line, with NaN and infinities in Python's spelling.
 *
 * Lone surrogates are escaped, so that every encoding of the line is valid.
 */
export function stringifyJournal(value: JournalJson): string {
  if (typeof value === 'number') return Number.isFinite(value) ? JSON.stringify(value) : String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(stringifyJournal).join(',')}]`;
  const fields = Object.entries(value).filter((field): field is [string, JournalJson] => field[1] !== undefined);
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${stringifyJournal(field)}`).join(',')}}`;
}

/** Reads JSON with NaN and infinities. @throws {SyntaxError} if it is none */
export function parseJournal(text: string): unknown {
  if (!/NaN|Infinity/.test(text)) return JSON.parse(text);
  const quoted = text.replace(/"(?:[^"\\]|\\.)*"|NaN|-?Infinity/g, (part) =>
    part.startsWith('"') ? `"=${part.slice(1)}` : `"!${part}"`,
  );
  return unquote(JSON.parse(quoted));
}

/** Every text has a mark in front: `=` for a text, `!` for a number. */
function unquote(value: unknown): unknown {
  if (typeof value === 'string') return value.startsWith('!') ? Number(value.slice(1)) : value.slice(1);
  if (Array.isArray(value)) return value.map(unquote);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key.slice(1), unquote(field)]));
}
