import { RecsysError } from '@footlight/core';
import { MINUS, ZERO } from './character-codes.js';
import { TextIdError } from './field-errors.js';
import {
  createFieldBounds,
  decodeField,
  decodeText,
  type FieldProblem,
  findField,
  unescapeField,
} from './find-field.js';
import { DATE, ID, type LineLayout, SKIP, TEXT, TEXT_ID } from './line-layout.js';
import { parseDecimal } from './parse-decimal.js';
import { parseIsoDate } from './parse-iso-date.js';
import { parsePlainNumber, parseWholeNumber } from './parse-whole-number.js';

/** Where the scanner is. */
export interface Cursor {
  /** The next byte to read. */
  position: number;
  /** The line that it belongs to, from 1. */
  line: number;
  /** Number of line ends in the quoted fields of the row that is being read. */
  lineEnds: number;
  /** Whether the bytes ended inside the quotation marks of a field. */
  isCut: boolean;
}

/** A field that is being parsed. */
interface Field {
  readonly layout: LineLayout;
  readonly column: number;
  readonly line: number;
}

const bounds = createFieldBounds();

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
  const parser = layout.parsers[column]!;
  const problem = findField(bytes, from, layout.fieldEnds, bounds);
  if (problem === 'cut') {
    cursor.isCut = true;
    return 0;
  }
  if (problem && (problem !== 'enclosed' || parser !== SKIP))
    failProblem({ layout, column, line }, problem, bytes, from);
  const isLast = column === layout.names.length - 1;
  if (bounds.endsRow !== isLast) failWidth({ layout, column, line }, isLast);
  cursor.position = bounds.next;
  cursor.lineEnds += bounds.lineEnds;
  if (parser === SKIP) return 0;
  if (parser === TEXT || parser === TEXT_ID) {
    if (parser === TEXT_ID) assertId({ layout, column, line }, bytes);
    const codes = layout.codes[column]!;
    if (!bounds.hasDoubledQuotes) return codes.code(bytes, bounds.from, bounds.to);
    const unescaped = unescapeField(bytes, bounds);
    return codes.code(unescaped, 0, unescaped.length);
  }
  const plain = parser === DATE ? Number.NaN : parsePlainNumber(bytes, bounds.from, bounds.to);
  if (!Number.isNaN(plain)) return plain;
  const text = decodeField(bytes, bounds);
  if (parser === ID) return parseId({ layout, column, line }, text);
  return parser === DATE ? parseDate({ layout, column, line }, text) : parseNumber({ layout, column, line }, text);
}

function failProblem(field: Field, problem: Exclude<FieldProblem, 'cut'>, bytes: Uint8Array, from: number): never {
  const row = decodeText(bytes, from, Math.min(bytes.length, from + 200)).split(/\r?\n/, 1)[0]!;
  const received = quote(row.length > 40 ? `${row.slice(0, 40)}…` : row);
  if (problem === 'text-after-quote')
    return fail(
      field,
      'a separator or the end of the line after the closing quotation mark',
      received,
      'Double the quotation marks inside of a field, or set quotes: false if they are characters like others.',
    );
  if (problem === 'blank-before-quote')
    return fail(
      field,
      'the quotation mark right behind the separator',
      received,
      'Remove the blanks, or set quotes: false if quotation marks are characters like others.',
    );
  if (problem === 'carriage-return')
    return fail(
      field,
      'line ends \\n or \\r\\n',
      'a carriage return (\\r) without \\n',
      'Write all line ends alike, or put the field in quotation marks.',
    );
  return fail(
    field,
    'a field without quotation marks around it',
    quote(decodeField(bytes, bounds)),
    'Set quotes: true if they enclose fields as in CSV, or quotes: false if they belong to the text.',
  );
}

function failWidth(field: Field, isLast: boolean): never {
  const expected = `${field.layout.names.length} columns`;
  if (isLast) return fail(field, expected, 'more', 'Is the separator right?');
  return fail(field, expected, `${field.column + 1}`, 'Is the line cut off?');
}

function assertId(field: Field, bytes: Uint8Array): void {
  const { from, to } = bounds;
  if (from === to) failMissingId(field, 'an empty field');
  if (isNegative(bytes, from, to)) failNegative(field, decodeText(bytes, from, to));
  if (bytes[from]! < MINUS && decodeText(bytes, from, to).trim() === '') failMissingId(field, 'blanks');
}

function parseId(field: Field, text: string): number {
  if (text === '') failMissingId(field, 'an empty field');
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
  return (
    parseIsoDate(text) ??
    fail(field, 'an ISO date', quote(text), 'Correct the row, or set times to their unit, e.g. seconds.')
  );
}

function parseNumber(field: Field, text: string): number {
  const number = parseDecimal(text);
  if (number !== undefined) {
    if (!field.layout.isSingle[field.column] || Number.isFinite(Math.fround(number))) return number;
    return fail(field, 'a number up to 3.4e38', quote(text), 'Correct the row or remove it.');
  }
  const isDate = parseIsoDate(text) !== undefined;
  return fail(
    field,
    'a finite number',
    quote(text),
    isDate ? "If these are times, set times: 'date'." : 'Correct the row or remove it.',
  );
}

function failMissingId(field: Field, received: string): never {
  return fail(field, 'an id', received, 'Remove the row or give it an id.');
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

function quote(text: string): string {
  return text === '' ? 'an empty field' : `"${text}"`;
}
