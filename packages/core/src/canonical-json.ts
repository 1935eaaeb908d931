import { invalid } from './error.js';
import type { Json } from './json.js';

/**
 * Converts a value to canonical JSON, in which equal values have equal text.
 *
 * The keys of each object are sorted by their UTF-16 code units, and there are no spaces.
 *
 * @throws {RecsysError} `invalid-argument` for values that JSON would drop or change: NaN, infinities, undefined,
 *   functions and class instances
 * @example
 * canonicalJson({ b: 1, a: [true, null] }) // '{"a":[true,null],"b":1}'
 */
export function canonicalJson(value: Json): string {
  return serialize(value, '');
}

function serialize(value: unknown, path: string): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${Array.from(value, (item, i) => serialize(item, `${path}[${i}]`)).join(',')}]`;
  if (isPlainObject(value)) {
    const fields = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${serialize(value[key], path ? `${path}.${key}` : key)}`);
    return `{${fields.join(',')}}`;
  }
  const received = typeof value === 'object' ? value.constructor?.name : value;
  return invalid('canonicalJson(value)', 'plain JSON', `${String(received)}${path && ` at ${path}`}`);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
