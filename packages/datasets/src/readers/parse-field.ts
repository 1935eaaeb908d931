import { RecsysError } from '@footlight/core';
import { MINUS, NEWLINE, QUOTE, RETURN, ZERO } from './character-codes.js';
import { QuotedFieldError, TextIdError } from './field-errors.js';
import { DATE, ID, type LineLayout, SKIP, TEXT } from './line-layout.js';
import { parseIsoDate } from './parse-iso-date.js';
import { parseWholeNumber } from './parse-whole-number.js';

/** Where the scanner is. */
export interface Cursor {
  /** The next byte to read. */
  position: number;
  /** The line that it belongs to, from 1. */
  line: number;
}

/** A field that is being parsed. */
interface Field {
  readonly layout: LineLayout;
  readonly column: number;
  readonly line: number;
}

/**
 * Parses one field of any form; `scanRows` calls it for the fields that its fast path does not read. Moves the cursor
 * to the next field.
 *
 * @returns the number, the code of the text, or 0 if the column is skipped
 * @throws {RecsysError} `invalid-data` with file, line and column of a field that does not fit
 */
export function parseField(
  layout: LineLayout,
  bytes: Uint8Array,
  from: number,
  column: number,
  line: number,
  cursor: Cursor,
): number {
  const field = { layout, column, line };
  if (bytes[from] === QUOTE) throw new QuotedFieldError(layout.fileName);
  const end = findEnd(field, bytes, from, cursor);
  const parser = layout.parsers[column]!;
  if (parser === SKIP) return 0;
  if (end === from && (parser === TEXT || parser === ID))
    fail(field, 'an id', 'an empty field', 'Remove the row or give it an id.');
  if (parser === TEXT) {
    if (isNegative(bytes, from, end)) failNegative(field, decodeText(bytes, from, end));
    return layout.codes[column]!.code(bytes, from, end);
  }
  const text = decodeText(bytes, from, end);
  if (parser === ID) return parseId(field, text);
  return parser === DATE ? parseDate(field, text) : parseNumber(field, text);
}

/** The end of the field. Moves the cursor behind the separator or the end of the line. */
function findEnd(field: Field, bytes: Uint8Array, from: number, cursor: Cursor): number {
  const { separatorByte, separatorLength, names } = field.layout;
  const isLast = field.column === names.length - 1;
  let end = from;
  const atSeparator = (): boolean =>
    bytes[end] === separatorByte && (separatorLength === 1 || bytes[end + 1] === separatorByte);
  while (bytes[end] !== NEWLINE && !atSeparator()) end++;
  if (bytes[end] === NEWLINE && !isLast)
    fail(field, `${names.length} columns`, `${field.column + 1}`, 'Is the line cut off?');
  if (bytes[end] !== NEWLINE && isLast) fail(field, `${names.length} columns`, 'more', 'Is the separator right?');
  cursor.position = end + (isLast ? 1 : separatorLength);
  return isLast && bytes[end - 1] === RETURN ? end - 1 : end;
}

function parseId(field: Field, text: string): number {
  if (/^-\d+$/.test(text)) failNegative(field, text);
  const id = parseWholeNumber(text);
  if (id !== undefined) return id;
  const expected = 'a whole number from 0 to 2^53 - 1 as id';
  throw new TextIdError(
    formatMessage(field, expected, quote(text), 'Read the column as text.'),
    field.layout.names[field.column]!,
  );
}

function parseDate(field: Field, text: string): number {
  return parseIsoDate(text) ?? fail(field, 'an ISO date', quote(text), 'Set times to their unit, e.g. seconds.');
}

function parseNumber(field: Field, text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(number)) return number;
  const isDate = parseIsoDate(text) !== undefined;
  return fail(
    field,
    'a finite number',
    quote(text),
    isDate ? "If these are times, set times: 'date'." : 'Correct the row or remove it.',
  );
}

function failNegative(field: Field, text: string): never {
  return fail(
    field,
    'an id (a whole number from 0, or text)',
    text,
    'A negative number often stands for a missing id: remove such rows.',
  );
}

function fail(field: Field, expected: string, received: string, hint: string): never {
  throw new RecsysError('invalid-data', formatMessage(field, expected, received, hint));
}

function formatMessage({ layout, column, line }: Field, expected: string, received: string, hint: string): string {
  const where = `${layout.fileName} (line ${line}, column ${layout.names[column]})`;
  return `${where}: expected ${expected}, received ${received}. ${hint}`;
}

function isNegative(bytes: Uint8Array, from: number, to: number): boolean {
  if (bytes[from] !== MINUS || to - from < 2) return false;
  for (let at = from + 1; at < to; at++) if (bytes[at]! < ZERO || bytes[at]! > ZERO + 9) return false;
  return true;
}

/** The text of some bytes in UTF-8. */
export function decodeText(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, to));
}

function quote(text: string): string {
  return text === '' ? 'an empty field' : `"${text}"`;
}
