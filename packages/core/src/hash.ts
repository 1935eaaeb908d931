import { createHash } from 'node:crypto';
import type { Json } from './json.js';

/** JSON with sorted keys and without spaces: equal values give equal texts. */
export function canonicalJson(value: Json): string {
  return JSON.stringify(value, (_, part: Json) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The first 12 hexadecimal digits of the SHA-256 of a text: short enough for a table, long enough not to meet twice. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
