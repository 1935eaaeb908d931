import { NEWLINE, RETURN } from './character-codes.js';
import type { ColumnKind, ColumnRequest } from './column-types.js';
import { findColumn } from './find-column.js';
import { createTextCodes, type TextCodes } from './text-codes.js';

/** How the field of a column is parsed. */
export const SKIP = 0;
export const ID = 1;
export const NUMBER = 2;
export const TEXT = 3;
export const DATE = 4;

const PARSERS: Readonly<Record<ColumnKind, number>> = {
  id: ID,
  text: TEXT,
  float32: NUMBER,
  float64: NUMBER,
  date: DATE,
};

/** How a line of the file is built and how its fields are parsed, in the form that the scanner needs. */
export interface LineLayout {
  readonly fileName: string;
  /** Names of all columns of the file, for messages. */
  readonly names: readonly string[];
  /** Position in the line of each requested column, `[request]`. */
  readonly positions: readonly number[];
  /** `SKIP`, `ID`, `NUMBER`, `TEXT` or `DATE`, `[column]`. */
  readonly parsers: Uint8Array;
  /** The codes of text columns; undefined for others, `[column]`. */
  readonly codes: readonly (TextCodes | undefined)[];
  readonly separatorByte: number;
  readonly separatorLength: number;
  /** The byte that follows the field, `[column]`. */
  readonly ends: Uint8Array;
  /** Number of bytes between the field and the next one, `[column]`. */
  readonly endLengths: Uint8Array;
}

/** @throws {RecsysError} `invalid-data` if the file lacks a requested column */
export function createLineLayout(
  fileName: string,
  separator: string,
  names: readonly string[],
  requests: readonly ColumnRequest[],
  crlf: boolean,
): LineLayout {
  const positions = requests.map(({ column }) => findColumn(column, names, fileName));
  const parsers = new Uint8Array(names.length).fill(SKIP);
  requests.forEach(({ kind }, request) => {
    parsers[positions[request]!] = PARSERS[kind];
  });
  const separatorByte = separator.charCodeAt(0);
  const perColumn = (inner: number, last: number) =>
    Uint8Array.from(names, (_, column) => (column === names.length - 1 ? last : inner));
  return {
    fileName,
    names,
    positions,
    parsers,
    codes: Array.from(parsers, (parser) => (parser === TEXT ? createTextCodes() : undefined)),
    separatorByte,
    separatorLength: separator.length,
    ends: perColumn(separatorByte, crlf ? RETURN : NEWLINE),
    endLengths: perColumn(separator.length, crlf ? 2 : 1),
  };
}
