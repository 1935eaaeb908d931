import { invalid } from '@footlight/core';
import { NEWLINE, QUOTE, RETURN, SPACE } from './character-codes.js';
import type { Delimiters } from './column-types.js';

/** What quotation marks mean in a file. */
export type QuoteRule = 'enclose' | 'character' | 'refuse';

/** How fields end. */
export interface FieldEnds {
  readonly separatorByte: number;
  /** 2: the separator is one character twice. */
  readonly separatorLength: number;
  readonly quotes: QuoteRule;
}

/** A field in the bytes of a file. It is reused, so that no object is created per field. */
export interface FieldBounds {
  /** The first byte of its text, and the one after the last. */
  from: number;
  to: number;
  /** The first byte of the next field. */
  next: number;
  /** Whether it is the last field of its row. */
  endsRow: boolean;
  /** Whether its text has doubled quotation marks, which stand for one. */
  hasDoubledQuotes: boolean;
  /** Number of line ends in its text. */
  lineEnds: number;
}

/** What is wrong with a field; `cut`: the bytes end inside quotation marks. */
export type FieldProblem = 'cut' | 'text-after-quote' | 'blank-before-quote' | 'carriage-return' | 'enclosed';

export function createFieldBounds(): FieldBounds {
  return { from: 0, to: 0, next: 0, endsRow: false, hasDoubledQuotes: false, lineEnds: 0 };
}

export function createFieldEnds({ separator, quotes }: Delimiters): FieldEnds {
  const canEnclose = quotes ?? (separator.length === 1 && separator !== '\t');
  return {
    separatorByte: separator.charCodeAt(0),
    separatorLength: separator.length,
    quotes: canEnclose ? 'enclose' : quotes === undefined ? 'refuse' : 'character',
  };
}

/**
 * Checks a separator.
 *
 * @throws {RecsysError} `invalid-argument` unless it is one character, or one twice, that fields do not consist of
 */
export function assertSeparator(where: string, separator: string): void {
  const isOne = separator.length === 1 || (separator.length === 2 && separator[0] === separator[1]);
  if (!isOne || separator.charCodeAt(0) > 127 || /[\r\n"\w.+-]/.test(separator))
    invalid(
      where,
      'one ASCII character, or one twice, that is no letter, digit, quotation mark, sign or line end',
      JSON.stringify(separator),
    );
}

/**
 * Finds the end of the field that begins at `from`. Rows end in `\n` or `\r\n`.
 *
 * @param bytes whole lines
 * @param field where the result is written
 */
export function findField(
  bytes: Uint8Array,
  from: number,
  ends: FieldEnds,
  field: FieldBounds,
): FieldProblem | undefined {
  field.hasDoubledQuotes = false;
  field.lineEnds = 0;
  if (ends.quotes === 'enclose' && bytes[from] === QUOTE) return findQuotedField(bytes, from + 1, ends, field);
  const { separatorByte, separatorLength } = ends;
  let at = from;
  while (
    bytes[at] !== NEWLINE &&
    bytes[at] !== RETURN &&
    (bytes[at] !== separatorByte || (separatorLength > 1 && bytes[at + 1] !== separatorByte))
  )
    at++;
  field.from = from;
  field.to = at;
  if (!moveBehind(bytes, at, ends, field)) return 'carriage-return';
  if (ends.quotes === 'enclose') return bytes[from] === SPACE ? findQuoteAfterBlanks(bytes, field) : undefined;
  const isEnclosed = at - from > 1 && bytes[from] === QUOTE && bytes[at - 1] === QUOTE;
  return isEnclosed && ends.quotes === 'refuse' ? 'enclosed' : undefined;
}

function findQuotedField(
  bytes: Uint8Array,
  from: number,
  ends: FieldEnds,
  field: FieldBounds,
): FieldProblem | undefined {
  let at = from;
  for (; ; at++) {
    if (at >= bytes.length) return 'cut';
    if (bytes[at] === NEWLINE) field.lineEnds++;
    if (bytes[at] !== QUOTE) continue;
    if (bytes[at + 1] !== QUOTE) break;
    field.hasDoubledQuotes = true;
    at++;
  }
  field.from = from;
  field.to = at;
  return moveBehind(bytes, at + 1, ends, field) ? undefined : 'text-after-quote';
}

/** Moves `field.next` behind the separator or line end at a byte; false if there is neither. */
function moveBehind(bytes: Uint8Array, at: number, ends: FieldEnds, field: FieldBounds): boolean {
  const { separatorByte, separatorLength } = ends;
  const lineEnd = bytes[at] === NEWLINE ? 1 : bytes[at] === RETURN && bytes[at + 1] === NEWLINE ? 2 : 0;
  field.endsRow = lineEnd > 0;
  field.next = at + (lineEnd || separatorLength);
  return lineEnd > 0 || (bytes[at] === separatorByte && (separatorLength === 1 || bytes[at + 1] === separatorByte));
}

function findQuoteAfterBlanks(bytes: Uint8Array, { from, to }: FieldBounds): FieldProblem | undefined {
  let at = from;
  while (at < to && bytes[at] === SPACE) at++;
  return bytes[at] === QUOTE ? 'blank-before-quote' : undefined;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of some bytes in UTF-8. */
export function decodeText(bytes: Uint8Array, from: number, to: number): string {
  return decoder.decode(bytes.subarray(from, to));
}

/** The text of a field. */
export function decodeField(bytes: Uint8Array, field: FieldBounds): string {
  if (!field.hasDoubledQuotes) return decodeText(bytes, field.from, field.to);
  const unescaped = unescapeField(bytes, field);
  return decodeText(unescaped, 0, unescaped.length);
}

/** The bytes of the text of a field whose quotation marks are doubled: the second of each two is left out. */
export function unescapeField(bytes: Uint8Array, { from, to }: Pick<FieldBounds, 'from' | 'to'>): Uint8Array {
  const unescaped = new Uint8Array(to - from);
  let length = 0;
  for (let at = from; at < to; at++) {
    unescaped[length++] = bytes[at]!;
    if (bytes[at] === QUOTE && bytes[at + 1] === QUOTE) at++;
  }
  return unescaped.subarray(0, length);
}
