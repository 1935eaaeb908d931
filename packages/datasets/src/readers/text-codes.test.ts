import { describe, expect, it } from 'vitest';
import { createTextCodes } from './text-codes.js';

const bytes = new TextEncoder();

function encodeTexts(texts: readonly string[]): { codes: number[]; texts: string[] } {
  const codes = createTextCodes();
  const found = texts.map((text) => {
    const padded = bytes.encode(`«${text}»`); // bytes around the text must not count
    return codes.code(padded, 2, padded.length - 2);
  });
  return { codes: found, texts: codes.texts() };
}

describe('createTextCodes', () => {
  it('numbers texts by first appearance', () => {
    expect(encodeTexts(['B00', 'A1', 'B00', '', 'Amélie', 'A1', ''])).toEqual({
      codes: [0, 1, 0, 2, 3, 1, 2],
      texts: ['B00', 'A1', '', 'Amélie'],
    });
  });

  it('does not confuse many texts', () => {
    const many = Array.from({ length: 50_021 }, (_, at) => `user ${at * 7919}`);
    const twice = encodeTexts([...many, ...many]);
    expect(twice.codes).toEqual([...many.keys(), ...many.keys()]);
    expect(twice.texts).toEqual(many);
  });

  it('accepts a text that is longer than its memory', () => {
    const long = 'x'.repeat(100_003);
    expect(encodeTexts(['a', long, 'a', long])).toEqual({ codes: [0, 1, 0, 1], texts: ['a', long] });
  });
});
