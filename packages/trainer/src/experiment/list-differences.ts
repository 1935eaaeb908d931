import { canonicalJson, type Json } from '@footlight/core';

/**
 * Lists the paths at which two JSON values differ, with both values; empty if they are equal.
 *
 * @example
 * listDifferences({ split: { seed: 42 } }, { split: { seed: 72 } }) // ['split.seed: 42 ≠ 72']
 */
export function listDifferences(one: Json | undefined, other: Json | undefined, path = ''): string[] {
  if (isObject(one) && isObject(other)) {
    const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return keys.flatMap((key) => listDifferences(one[key], other[key], path ? `${path}.${key}` : key));
  }
  const [left, right] = [one, other].map((value) => (value === undefined ? 'absent' : canonicalJson(value)));
  return left === right ? [] : [`${path}: ${left} ≠ ${right}`];
}

/** Arrays are compared by index, so that a path names the filter that differs. */
function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null;
}
