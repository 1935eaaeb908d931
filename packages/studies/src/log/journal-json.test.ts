import { describe, expect, it } from 'vitest';
import { parseJournal, stringifyJournal } from './journal-json.js';

describe('the JSON of a journal', () => {
  it('has NaN and infinities as Python writes them, beside texts that look like them', () => {
    const value = { a: [Number.NaN, -Infinity, Infinity, 1e-7, null, true], 'NaN "x"': 'Infinity\\"NaN' };
    const text = stringifyJournal(value);
    expect(text).toBe('{"a":[NaN,-Infinity,Infinity,1e-7,null,true],"NaN \\"x\\"":"Infinity\\\\\\"NaN"}');
    expect(parseJournal(text)).toEqual(value);
  });

  it('refuses what is no JSON', () => {
    expect(() => parseJournal('{"a":NaN')).toThrow(SyntaxError);
    expect(() => parseJournal('{"a":1')).toThrow(SyntaxError);
  });
});
