import { describe, expect, it } from 'vitest';
import { omitUndefined } from './omit-undefined.js';

describe('omitUndefined', () => {
  it('leaves out undefined properties and keeps the order of the others', () => {
    const copy = omitUndefined({ b: 1, a: undefined, c: null, d: 0, e: '' });
    expect(Object.entries(copy)).toEqual([
      ['b', 1],
      ['c', null],
      ['d', 0],
      ['e', ''],
    ]);
    expect('a' in copy).toBe(false);
  });

  it('has a type in which the property may be absent, but not undefined', () => {
    const seed: number | undefined = Math.random() < 2 ? 3 : undefined;
    const options: { readonly name: 'adam'; readonly seed?: number } = omitUndefined({ name: 'adam', seed });
    expect(options).toEqual({ name: 'adam', seed: 3 });
    // @ts-expect-error the property is optional
    const strict: { seed: number } = omitUndefined({ seed });
    expect(strict.seed).toBe(3);
  });
});
