import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json.js';
import type { Json } from './json.js';

describe('canonicalJson', () => {
  it('sorts keys at every depth and keeps the order of lists', () => {
    expect(canonicalJson({ b: 1, a: [{ d: true, c: null }, 'x'] })).toBe('{"a":[{"c":null,"d":true},"x"],"b":1}');
  });

  it('gives equal text for equal values, whatever the order of their keys', () => {
    expect(canonicalJson({ at: 10, outOf: 'relevant' })).toBe(canonicalJson({ outOf: 'relevant', at: 10 }));
  });

  it('distinguishes 1 from "1", and [] from {}', () => {
    expect(
      new Set([canonicalJson(1), canonicalJson('1'), canonicalJson([]), canonicalJson({}), canonicalJson(null)]).size,
    ).toBe(5);
  });

  it('gives text that JSON.parse converts back', () => {
    const value = { 'ä "': [-0.5, 1e21, ''], nested: { z: [], a: {} } };
    expect(JSON.parse(canonicalJson(value))).toEqual(value);
  });

  it('does not sort numeric keys first, unlike objects', () =>
    expect(canonicalJson({ 10: 1, 9: 2, a: 3 })).toBe('{"10":1,"9":2,"a":3}'));

  it('rejects values that JSON would drop or change, and names their path', () => {
    expect(() => canonicalJson({ split: { shares: [0.8, Number.NaN] } })).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: canonicalJson(value): expected plain JSON, received NaN at split.shares[1].]`,
    );
    expect(() => canonicalJson({ seed: undefined } as unknown as Json)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: canonicalJson(value): expected plain JSON, received undefined at seed.]`,
    );
    expect(() => canonicalJson({ items: new Int32Array(2) } as unknown as Json)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: canonicalJson(value): expected plain JSON, received Int32Array at items.]`,
    );
    expect(() => canonicalJson(Infinity)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: canonicalJson(value): expected plain JSON, received Infinity.]`,
    );
  });
});
