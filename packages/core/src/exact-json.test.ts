import { describe, expect, it } from 'vitest';
import { formatExactJson, parseExactJson } from './exact-json.js';

describe('exact JSON', () => {
  it('keeps the numbers that JSON lacks', () => {
    const value = { means: [Number.NaN, -0, 0, 0.1 + 0.2, 5e-324], most: { best: -Infinity, worst: Infinity } };
    expect(parseExactJson(formatExactJson(value))).toEqual(value);
    expect(Object.is(parseExactJson<number[]>(formatExactJson([-0]))[0], -0)).toBe(true);
    expect(formatExactJson([Number.NaN, 1])).toBe('[{"$number":"NaN"},1]');
  });

  it('formats everything else as JSON does', () => {
    const value = { text: 'ä', list: [1, null, true], nested: { empty: {} } };
    expect(formatExactJson(value, 2)).toBe(JSON.stringify(value, null, 2));
    expect(parseExactJson('{"a":[1,null]}')).toEqual({ a: [1, null] });
  });
});
