import { RecsysError } from '@footlight/core';
import { createGrowingColumn, type GrowingColumn, type NumberColumn } from './growing-column.js';
import type { CodedTexts, SourceIds } from './number-ids.js';
import { parseIsoDate } from './parse-iso-date.js';
import { parseWholeNumber } from './parse-whole-number.js';

/** Collects the values of a column that a library has read, of whatever type they are, into a typed array. */
export interface ColumnCollector<Values> {
  /** @param row from 1, for messages */
  add(value: unknown, row: number): void;
  take(): Values;
}

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
): ColumnCollector<NumberColumn> {
  const values = createBlockWriter(createGrowingColumn(kind));
  const fail = createFailure(fileName, column);
  return {
    add(value, row) {
      if (kind === 'date')
        values.add(toSeconds(value) ?? fail(row, 'an ISO date', value, 'Set times to their unit, e.g. seconds.'));
      else values.add(toFiniteNumber(value) ?? fail(row, 'a finite number', value, 'Correct the row or remove it.'));
    },
    take: () => values.take(),
  };
}

/**
 * Collects a column of ids. They stay numbers if all of them are whole numbers from 0.
 *
 * @throws {RecsysError} `invalid-data`, from `add`, with file, row and column of a value that is no id
 */
export function createIdCollector(fileName: string, column: string): ColumnCollector<SourceIds> {
  const codeByText = new Map<string, number>();
  const codes = createBlockWriter(createGrowingColumn('text'));
  const fail = createFailure(fileName, column);
  const toIdText = (value: unknown, row: number): string => {
    const expected = 'an id (a whole number from 0, or text)';
    if (value === null || value === undefined || value === '')
      fail(row, 'an id', value, 'Remove the row or give it an id.');
    if (!['string', 'number', 'bigint'].includes(typeof value)) fail(row, expected, value, 'Is this the right column?');
    const text = String(value);
    if (/^-\d+$/.test(text))
      fail(row, expected, text, 'A negative number often stands for a missing id: remove such rows.');
    return text;
  };
  return {
    add(value, row) {
      const text = toIdText(value, row);
      const code = codeByText.get(text) ?? codeByText.size;
      if (code === codeByText.size) codeByText.set(text, code);
      codes.add(code);
    },
    take: () => toNumbersIfPossible({ codes: codes.take() as Int32Array, texts: [...codeByText.keys()] }),
  };
}

/** Converts texts that all are whole numbers to these numbers. */
function toNumbersIfPossible({ codes, texts }: CodedTexts): SourceIds {
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
  const number =
    typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && value.trim() !== '')
      ? Number(value)
      : Number.NaN;
  return Number.isFinite(number) ? number : undefined;
}

function toSeconds(value: unknown): number | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.getTime() / 1000;
  return typeof value === 'string' ? parseIsoDate(value) : undefined;
}

function createFailure(
  fileName: string,
  column: string,
): (row: number, expected: string, value: unknown, hint: string) => never {
  return (row, expected, value, hint) => {
    const received =
      value === undefined || value === '' ? 'nothing' : typeof value === 'string' ? `"${value}"` : String(value);
    throw new RecsysError(
      'invalid-data',
      `${fileName} (row ${row}, column ${column}): expected ${expected}, received ${received}. ${hint}`,
    );
  };
}
