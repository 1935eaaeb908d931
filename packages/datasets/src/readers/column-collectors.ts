import { RecsysError } from '@footlight/core';
import { createGrowingColumn, type GrowingColumn, type NumberColumn } from './growing-column.js';
import { assertIdTexts } from './id-texts.js';
import type { CodedTexts, SourceIds } from './number-ids.js';
import { parseDecimal } from './parse-decimal.js';
import { parseIsoDate } from './parse-iso-date.js';
import { parseWholeNumber } from './parse-whole-number.js';

/** Collects the values of a column that a library has read, of whatever type they are, into a typed array. */
export interface ColumnCollector<Values> {
  /** @param row its number, for messages */
  add(value: unknown, row: number): void;
  take(): Values;
}

/** What the number of a row counts, for messages: rows or lines from 1, or the index of an array from 0. */
export type RowUnit = 'row' | 'line' | 'index';

const BLOCK_ROWS = 1 << 13;

/**
 * Collects a column of numbers or dates.
 *
 * @throws {RecsysError} `invalid-data`, from `add`, with file, row and column of a value that does not fit
 */
export function createNumberCollector(
  kind: 'float32' | 'float64' | 'date',
  fileName: string,
  column: string,
  unit: RowUnit = 'row',
): ColumnCollector<NumberColumn> {
  const values = createBlockWriter(createGrowingColumn(kind));
  const fail = createFailure(fileName, column, unit);
  const failDate = (row: number, value: unknown): never =>
    fail(row, 'an ISO date', value, 'Correct the row, or set times to their unit, e.g. seconds.');
  const failNumber = (row: number, value: unknown): never => {
    const isDate = toSeconds(value) !== undefined;
    const hint = isDate ? "If these are times, set times: 'date'." : 'Correct the row or remove it.';
    return fail(row, 'a finite number', value, hint);
  };
  return {
    add(value, row) {
      if (kind === 'date') {
        values.add(toSeconds(value) ?? failDate(row, value));
        return;
      }
      const number = toFiniteNumber(value) ?? failNumber(row, value);
      if (kind === 'float32' && !Number.isFinite(Math.fround(number)))
        fail(row, 'a number up to 3.4e38', value, 'Correct the row or remove it.');
      values.add(number);
    },
    take: () => values.take(),
  };
}

/**
 * Collects a column of ids. They stay numbers if all of them are whole numbers from 0 in their only spelling.
 *
 * @throws {RecsysError} `invalid-data`, from `add` or `take`, with file, row and column of a value that is no id
 */
export function createIdCollector(fileName: string, column: string, unit: RowUnit = 'row'): ColumnCollector<SourceIds> {
  const codeByText = new Map<string, number>();
  const firstRows: number[] = []; // [code]
  const codes = createBlockWriter(createGrowingColumn('text-id'));
  const fail = createFailure(fileName, column, unit);
  return {
    add(value, row) {
      const text = typeof value === 'string' ? value : toIdText(value, row, fail);
      let code = codeByText.get(text);
      if (code === undefined) {
        assertIdText(text, row, fail);
        code = codeByText.size;
        codeByText.set(text, code);
        firstRows.push(row);
      }
      codes.add(code);
    },
    take() {
      const texts = [...codeByText.keys()];
      assertIdTexts(texts, (code, expected, received, hint) => fail(firstRows[code]!, expected, { received }, hint));
      return toNumbersIfPossible({ codes: codes.take() as Int32Array, texts });
    },
  };
}

const AN_ID = 'an id (a whole number from 0, or text)';

function toIdText(value: unknown, row: number, fail: Failure): string {
  if (value === null || value === undefined || Number.isNaN(value))
    return fail(row, 'an id', value, 'Remove the row or give it an id.');
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return String(value);
  if (Number.isInteger(value))
    return fail(row, 'a whole number up to 2^53 - 1 as id', value, 'It is rounded: store ids as texts or int64.');
  return fail(row, AN_ID, value, 'Is this the right column?');
}

function assertIdText(text: string, row: number, fail: Failure): void {
  if (text.trim() === '') fail(row, 'an id', text, 'Remove the row or give it an id.');
  if (/^-\d+$/.test(text)) fail(row, AN_ID, text, 'A negative number often stands for a missing id: remove such rows.');
  if (/\p{Surrogate}/u.test(text)) fail(row, AN_ID, { received: 'half of a character' }, 'Is the file damaged?');
}

/** Converts texts that all are whole numbers to these numbers. */
export function toNumbersIfPossible({ codes, texts }: CodedTexts): SourceIds {
  const numbers: number[] = [];
  for (const text of texts) {
    const number = parseWholeNumber(text);
    if (number === undefined) return { codes, texts };
    numbers.push(number);
  }
  const ids = numbers.every((number) => number < 2 ** 31)
    ? new Int32Array(codes.length)
    : new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) ids[row] = numbers[codes[row]!]!;
  return ids;
}

/** Writes single values to a column in blocks. */
function createBlockWriter(column: GrowingColumn): { add(value: number): void; take(): NumberColumn } {
  const block = new Float64Array(BLOCK_ROWS);
  let count = 0;
  const flush = (): void => {
    column.push(block.subarray(0, count));
    count = 0;
  };
  return {
    add(value) {
      block[count++] = value;
      if (count === BLOCK_ROWS) flush();
    },
    take() {
      flush();
      return column.take();
    },
  };
}

function toFiniteNumber(value: unknown): number | undefined {
  if (typeof value === 'string') return parseDecimal(value);
  const number = typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

function toSeconds(value: unknown): number | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime() / 1000;
  return typeof value === 'string' ? parseIsoDate(value) : undefined;
}

/** @param value the value that was received, or a description of it */
type Failure = (row: number, expected: string, value: unknown, hint: string) => never;

function createFailure(fileName: string, column: string, unit: RowUnit): Failure {
  return (row, expected, value, hint) => {
    throw new RecsysError(
      'invalid-data',
      `${fileName} (${unit} ${row}, column ${column}): expected ${expected}, received ${describeValue(value)}. ${hint}`,
    );
  };
}

/** A value as a message shows it. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === '') return 'nothing';
  if (typeof value === 'string') return value.trim() === '' ? 'blanks' : `"${value}"`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return 'bytes that are no text in UTF-8';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null)
    return 'received' in value && typeof value.received === 'string' ? value.received : 'an object';
  return String(value);
}
