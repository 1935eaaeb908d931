import { describe, expect, it } from 'vitest';
import { createFieldBounds, createFieldEnds, decodeField, findField, unescapeField } from './find-field.js';

const toBytes = (text: string) => new TextEncoder().encode(text);

/** Reads the field at the start of a line. */
function readField(line: string): string {
  const [bytes, bounds] = [toBytes(line), createFieldBounds()];
  expect(findField(bytes, 0, createFieldEnds({ separator: ',' }), bounds)).toBe(undefined);
  const text = decodeField(bytes, bounds);
  if (bounds.hasDoubledQuotes) expect(Buffer.compare(unescapeField(bytes, bounds), toBytes(text))).toBe(0);
  return text;
}

describe('a field in quotation marks', () => {
  it('has one quotation mark for two', () => {
    expect(readField('"a ""b"" c",1\n')).toBe('a "b" c');
    expect(readField('"""",1\n')).toBe('"');
    expect(readField('"""""",1\n')).toBe('""');
    expect(readField('"é""ü",1\n')).toBe('é"ü');
    expect(readField('"",1\n')).toBe('');
    expect(readField('"a,b"\n')).toBe('a,b');
  });

  it('may be long', () => {
    expect(readField(`"${'""'.repeat(50_000)}",1\n`) === '"'.repeat(50_000)).toBe(true);
  });
});
