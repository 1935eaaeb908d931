import { RecsysError } from '@footlight/core';
import { createGrowingColumn, type GrowingColumn, type NumberColumn } from './growing-column.js';
import type { CodedTexts } from './number-ids.js';
import { type ParallelRead, type ParallelReadTask, startParallelRead } from './parallel-read.js';
import { parseIsoDate } from './parse-iso-date.js';
import type { SourceFile } from './source-file.js';
import { createTextCodes } from './text-codes.js';

/** How the fields of a column are read. `id` is a whole number from 0; `date` is an ISO date, read as seconds since 1970. */
export type ColumnKind = keyof ColumnValues;

interface ColumnValues {
  readonly id: Int32Array | Float64Array; // Int32Array if all ids are below 2³¹
  readonly text: CodedTexts;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
  readonly date: Float64Array;
}

export interface ColumnRequest {
  /** The column's name in the header or, without a header, its position from 0. */
  readonly column: string | number;
  readonly kind: ColumnKind;
}

export interface DelimitedLayout<Requests> {
  readonly separator: string;
  /** Names of the columns of a file without a header, for messages; absent: the first line is the header. */
  readonly header?: readonly string[];
  readonly columns: Requests;
}

type Columns<Requests extends Record<string, ColumnRequest>> = {
  [Name in keyof Requests]: ColumnValues[Requests[Name]['kind']];
};

/** Thrown where an id is no number: such columns are to be read as text. */
export class TextIdError extends RecsysError {
  readonly column: string;

  constructor(message: string, column: string) {
    super('invalid-data', message);
    this.column = column;
  }
}

/** Thrown when a field begins with a quotation mark: reading such files is left to a CSV library. */
export class QuotedFieldError extends RecsysError {}

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;

/** What is kept as a number: one that is written in one way only. */
export const WHOLE_NUMBER: RegExp = /^(0|[1-9]\d*)$/;

/** Rows that are scanned between two rounds of copying into the columns; 4 columns of them fit into the processor's cache. */
const BLOCK_ROWS = 1 << 13;

/** From this size on, a second thread reads the second half of a plain file. */
const BYTES_FOR_TWO = 1 << 26;

/** 15 decimal digits fit into a double exactly, whatever they are. */
const EXACT_DIGITS = 15;

const SKIP = 0;
const ID = 1;
const NUMBER = 2;
const TEXT = 3;
const DATE = 4;

/**
 * Reads columns of a delimited file into typed arrays, in one pass over its bytes and without an object or a string per row.
 *
 * It reads what logs of interactions consist of (numbers, dates, ids as text) as fast as dataframe libraries do.
 *
 * @throws {RecsysError} `invalid-data` with file, line and column of the first field that is not what was asked for;
 *   `QuotedFieldError` at the first quoted field
 */
export async function readColumns<const Requests extends Record<string, ColumnRequest>>(
  file: SourceFile,
  { separator, header, columns }: DelimitedLayout<Requests>,
): Promise<Columns<Requests>> {
  const requests = Object.values(columns);
  let scanner: Scanner | undefined;
  let half: ParallelRead | undefined;
  let rest = new Uint8Array(0);
  let consumed = 0;
  const begin = async (bytes: Uint8Array): Promise<Uint8Array> => {
    const end = bytes.indexOf(NEWLINE);
    const crlf = bytes[end - 1] === RETURN;
    const names = header ?? parseHeader(bytes.subarray(0, end - (crlf ? 1 : 0)), separator, file.name);
    scanner = createScanner(file.name, separator, names, requests, crlf, header ? 0 : 1);
    half = await startSecondReader(file, { separator, header: names, columns });
    if (header) return bytes;
    consumed += end + 1;
    return bytes.subarray(end + 1);
  };
  const scan = async (lines: Uint8Array): Promise<void> => {
    const bytes = scanner ? lines : await begin(lines);
    if (bytes.length === 0) return;
    scanner!.scan(bytes, (rows) =>
      file.bytes === undefined ? 0 : Math.ceil((1.02 * rows * (file.bytes - consumed)) / bytes.length),
    );
    consumed += bytes.length;
  };
  try {
    for await (const chunk of file.chunks) {
      const middle = half ? half.from - consumed - rest.length : Infinity; // where the other half begins in this chunk
      const end = chunk.lastIndexOf(NEWLINE, Math.min(middle, chunk.length) - 1) + 1;
      if (end === 0) {
        rest = concatenateBytes(rest, chunk);
        continue;
      }
      const from = rest.length > 0 ? chunk.indexOf(NEWLINE) + 1 : 0;
      if (from > 0) await scan(concatenateBytes(rest, chunk.subarray(0, from)));
      if (from < end) await scan(chunk.subarray(from, end));
      rest = chunk.slice(end);
      if (half?.from !== consumed) continue;
      const others = await half.columns;
      if (others) {
        scanner!.append(others);
        file.finish?.();
        rest = new Uint8Array(0);
        break;
      }
      half = undefined; // then this thread reads on, and finds what was wrong with it
      const last = rest.lastIndexOf(NEWLINE) + 1;
      if (last > 0) await scan(rest.subarray(0, last));
      rest = rest.slice(last);
    }
    if (rest.length > 0) await scan(concatenateBytes(rest, Uint8Array.of(NEWLINE)));
  } finally {
    half?.stop();
  }
  if (!scanner)
    throw new RecsysError('invalid-data', `${file.name}: expected rows, received an empty file. Is it complete?`);
  const taken = (scanner as Scanner).take();
  return Object.fromEntries(Object.keys(columns).map((name, at) => [name, taken[at]])) as Columns<Requests>;
}

/** A second thread is worth its start only for large files; and codes of texts are counted by one. */
async function startSecondReader(
  file: SourceFile,
  layout: ParallelReadTask['layout'],
): Promise<ParallelRead | undefined> {
  if (file.path === undefined || file.bytes === undefined || file.bytes < BYTES_FOR_TWO) return undefined;
  if (Object.values(layout.columns).some(({ kind }) => kind === 'text')) return undefined;
  return startParallelRead(file.path, file.bytes, layout);
}

interface Scanner {
  /** Reads whole lines. `expected` guesses how many rows are to come from the number read of these. */
  scan(bytes: Uint8Array, expected: (rows: number) => number): void;
  /** Columns that somebody else has read, in the order asked for. */
  append(columns: readonly NumberColumn[]): void;
  take(): ColumnValues[ColumnKind][];
}

function createScanner(
  fileName: string,
  separator: string,
  names: readonly string[],
  requests: readonly ColumnRequest[],
  crlf: boolean,
  headerLines: number,
): Scanner {
  const places = requests.map(({ column }) => findColumn(column, names, fileName));
  const width = names.length;
  const kinds = new Uint8Array(width).fill(SKIP);
  requests.forEach(({ kind }, at) => {
    kinds[places[at]!] = kind === 'id' ? ID : kind === 'text' ? TEXT : kind === 'date' ? DATE : NUMBER;
  });
  const codes = Array.from(kinds, (kind) => (kind === TEXT ? createTextCodes() : undefined));
  const growing: GrowingColumn[] = requests.map(({ kind }) => createGrowingColumn(kind));
  const block = new Float64Array(width * BLOCK_ROWS); // [column, row]
  const separatorByte = separator.charCodeAt(0);
  const separatorLength = separator.length;
  const lineEnd = crlf ? RETURN : NEWLINE;
  const lineEndLength = crlf ? 2 : 1;
  const wide = separatorLength > 1;
  const ends = Uint8Array.from(kinds, (_, column) => (column === width - 1 ? lineEnd : separatorByte)); // the byte after each column
  const endLengths = Uint8Array.from(kinds, (_, column) => (column === width - 1 ? lineEndLength : separatorLength));
  let position = 0; // where `fill` stopped; where a field read slowly ended
  let rowsBefore = 0;
  let emptyLines = 0;

  const complaint = (column: number, row: number, expected: string, received: string, hint: string): string => {
    const line = headerLines + rowsBefore + emptyLines + row + 1;
    return `${fileName} (line ${line}, column ${names[column]}): expected ${expected}, received ${received}. ${hint}`;
  };
  const fail = (...what: Parameters<typeof complaint>): never => {
    throw new RecsysError('invalid-data', complaint(...what));
  };

  /** Any field: what the fast path does not know, it leaves to this. Leaves the start of the next field in `position`. */
  const slowly = (bytes: Uint8Array, from: number, column: number, row: number): number => {
    const lastColumn = column === width - 1;
    if (bytes[from] === QUOTE) failQuoted(fileName);
    let end = from;
    const atSeparator = (): boolean =>
      bytes[end] === separatorByte && (separatorLength === 1 || bytes[end + 1] === separatorByte);
    while (bytes[end] !== NEWLINE && !atSeparator()) end++;
    if (bytes[end] === NEWLINE && !lastColumn) {
      fail(column, row, `${width} columns`, `${column + 1}`, 'Is the line cut off?');
    }
    if (bytes[end] !== NEWLINE && lastColumn) fail(column, row, `${width} columns`, 'more', 'Is the separator right?');
    position = end + (lastColumn ? 1 : separatorLength);
    if (lastColumn && bytes[end - 1] === RETURN) end--;
    const kind = kinds[column]!;
    if (kind === SKIP) return 0;
    if (end === from && (kind === TEXT || kind === ID))
      fail(column, row, 'an id', 'an empty field', 'Remove the row or give it an id.');
    if (kind === TEXT) {
      if (isNegative(bytes, from, end)) failNegative(column, row, decodeText(bytes, from, end));
      return codes[column]!.code(bytes, from, end);
    }
    const text = decodeText(bytes, from, end);
    if (kind === DATE)
      return (
        parseIsoDate(text) ?? fail(column, row, 'an ISO date', quoteText(text), 'Say what the times are, e.g. seconds.')
      );
    if (kind === ID) return idOf(text, column, row);
    const number = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(number)) {
      const hint =
        parseIsoDate(text) === undefined
          ? 'Correct the row or remove it.'
          : "If these are times, say so: times: 'date'.";
      fail(column, row, 'a finite number', quoteText(text), hint);
    }
    return number;
  };
  const failNegative = (column: number, row: number, text: string): never =>
    fail(
      column,
      row,
      'an id (a whole number from 0, or text)',
      text,
      'A negative number often stands for a missing id: remove such rows.',
    );
  const idOf = (text: string, column: number, row: number): number => {
    const id = Number(text);
    if (/^-\d+$/.test(text)) failNegative(column, row, text);
    if (!WHOLE_NUMBER.test(text) || !Number.isSafeInteger(id)) {
      const message = complaint(
        column,
        row,
        'a whole number from 0 to 2^53 - 1 as id',
        quoteText(text),
        'Read the column as text.',
      );
      throw new TextIdError(message, names[column]!);
    }
    return id;
  };

  /** Fills the block with rows of `bytes[from … to − 1]`; returns how many and leaves the end in `position`. */
  const fill = (bytes: Uint8Array, from: number, to: number): number => {
    let at = from;
    let row = 0;
    while (at < to && row < BLOCK_ROWS) {
      if (bytes[at] === lineEnd) {
        at += lineEndLength;
        emptyLines++;
        continue;
      }
      for (let column = 0; column < width; column++) {
        const kind = kinds[column]!;
        const end = ends[column]!;
        const start = at;
        let value = 0;
        let digits = 0; // 0 leaves the field to `slowly`
        if (kind === ID || kind === NUMBER) {
          let digit = bytes[at]! - ZERO;
          while (digit >= 0 && digit <= 9) {
            value = 10 * value + digit;
            digit = bytes[++at]! - ZERO;
          }
          digits = at - start;
          if (kind === ID) {
            if (digits > 1 && bytes[start] === ZERO) digits = 0;
          } else if (digit === POINT - ZERO && digits > 0) {
            let scale = 1;
            digit = bytes[++at]! - ZERO;
            while (digit >= 0 && digit <= 9) {
              value = 10 * value + digit;
              scale *= 10;
              digit = bytes[++at]! - ZERO;
            }
            value /= scale; // both are exact, so this is the nearest double
            digits = at - start;
          }
        } else if (kind === TEXT && bytes[at] !== QUOTE && bytes[at] !== MINUS) {
          while (bytes[at] !== end && bytes[at] !== NEWLINE && bytes[at] !== separatorByte) at++;
          if (at > start && bytes[at] === end) {
            digits = 1;
            value = codes[column]!.code(bytes, start, at);
          }
        }
        if (
          digits > 0 &&
          digits <= EXACT_DIGITS &&
          bytes[at] === end &&
          (!wide || column === width - 1 || bytes[at + 1] === end)
        ) {
          at += endLengths[column]!;
        } else {
          value = slowly(bytes, start, column, row);
          at = position;
        }
        block[column * BLOCK_ROWS + row] = value;
      }
      row++;
    }
    position = at;
    return row;
  };

  return {
    scan(bytes, expected) {
      for (position = 0; position < bytes.length; ) {
        const start = position;
        const rows = fill(bytes, position, bytes.length);
        growing.forEach((column, at) => {
          const first = places[at]! * BLOCK_ROWS;
          column.push(block.subarray(first, first + rows), () => expected((rows * bytes.length) / (position - start)));
        });
        rowsBefore += rows;
      }
    },
    append: (columns) => growing.forEach((column, at) => void column.push(columns[at]!)),
    take: () => growing.map((column, at) => withTexts(column.take(), codes[places[at]!])),
  };
}

function withTexts(
  values: NumberColumn,
  codes: ReturnType<typeof createTextCodes> | undefined,
): ColumnValues[ColumnKind] {
  return codes ? { codes: values as Int32Array, texts: codes.texts() } : values;
}

/** @throws {RecsysError} `invalid-data` if there is no such column */
export function findColumn(column: string | number, names: readonly string[], fileName: string): number {
  const place = typeof column === 'number' ? column : names.indexOf(column);
  return place >= 0 && place < names.length ? place : failMissingColumn(column, names, fileName);
}

export function failMissingColumn(column: string | number, names: readonly string[], fileName: string): never {
  throw new RecsysError(
    'invalid-data',
    `${fileName}: expected a column ${JSON.stringify(column)}, received the columns ${names.join(', ')}. Name one of these, or check the separator.`,
  );
}

function isNegative(bytes: Uint8Array, from: number, to: number): boolean {
  if (bytes[from] !== MINUS || to - from < 2) return false;
  for (let at = from + 1; at < to; at++) if (bytes[at]! < ZERO || bytes[at]! > ZERO + 9) return false;
  return true;
}

function decodeText(bytes: Uint8Array, from: number, to: number): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(from, to));
}

function quoteText(text: string): string {
  return text === '' ? 'an empty field' : `"${text}"`;
}

function parseHeader(line: Uint8Array, separator: string, fileName: string): string[] {
  if (line.includes(QUOTE)) failQuoted(fileName);
  return decodeText(line, 0, line.length)
    .replace(/^\uFEFF/, '')
    .split(separator);
}

function failQuoted(fileName: string): never {
  throw new QuotedFieldError(
    'invalid-data',
    `${fileName}: expected fields without quotation marks, received one that begins with ".`,
  );
}

function concatenateBytes(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
