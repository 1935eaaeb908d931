import { NEWLINE, RETURN } from './character-codes.js';
import type { ColumnKind, ColumnRequest } from './column-types.js';
import { findColumn } from './find-column.js';
import type { FieldEnds } from './find-field.js';
import { createTextCodes, type TextCodes } from './text-codes.js';

/** How the field of a column is parsed. */
export const SKIP = 0;
export const ID = 1;
export const NUMBER = 2;
export const TEXT_ID = 3;
export const TEXT = 4;
export const DATE = 5;

const PARSERS: Readonly<Record<ColumnKind, number>> = {
  id: ID,
  'text-id': TEXT_ID,
  text: TEXT,
  float32: NUMBER,
  float64: NUMBER,
  date: DATE,
  line: SKIP,
};

/** How a line of the file is built and how its fields are parsed, in the form that the scanner needs. */
export interface LineLayout {
  readonly fileName: string;
  /** Names of all columns of the file, for messages. */
  readonly names: readonly string[];
  /** Position in the line of each requested column, `[request]`. The one after the last stands for line numbers. */
  readonly positions: readonly number[];
  /** `SKIP`, `ID`, `NUMBER`, `TEXT_ID`, `TEXT` or `DATE`, `[column]`. */
  readonly parsers: Uint8Array;
  /** 1: the numbers of a column have to fit into a float32, `[column]`. */
  readonly isSingle: Uint8Array;
  /** The codes of text columns; undefined for others, `[column]`. */
  readonly codes: readonly (TextCodes | undefined)[];
  readonly fieldEnds: FieldEnds;
  /** The byte that usually follows the field, `[column]`. */
  readonly ends: Uint8Array;
  /** The byte after that, where the end has two, `[column]`. */
  readonly secondEnds: Uint8Array;
  /** Number of bytes between the field and the next one, `[column]`. */
  readonly endLengths: Uint8Array;
}

/**
 * @param crlf whether lines usually end in `\r\n`: all line ends are read, but this one fast
 * @throws {RecsysError} `invalid-data` if the file lacks a requested column
 */
export function createLineLayout(
  fileName: string,
  fieldEnds: FieldEnds,
  names: readonly string[],
  requests: readonly ColumnRequest[],
  crlf: boolean,
): LineLayout {
  const positions = requests.map(({ column, kind }) =>
    kind === 'line' ? names.length : findColumn(column, names, fileName),
  );
  const parsers = new Uint8Array(names.length).fill(SKIP);
  const isSingle = new Uint8Array(names.length);
  requests.forEach(({ kind }, request) => {
    if (kind === 'line') return;
    parsers[positions[request]!] = PARSERS[kind];
    isSingle[positions[request]!] = kind === 'float32' ? 1 : 0;
  });
  const { separatorByte, separatorLength } = fieldEnds;
  const perColumn = (inner: number, last: number) =>
    Uint8Array.from(names, (_, column) => (column === names.length - 1 ? last : inner));
  return {
    fileName,
    names,
    positions,
    parsers,
    isSingle,
    codes: Array.from(parsers, (parser) => (parser === TEXT_ID || parser === TEXT ? createTextCodes() : undefined)),
    fieldEnds,
    ends: perColumn(separatorByte, crlf ? RETURN : NEWLINE),
    secondEnds: perColumn(separatorByte, NEWLINE),
    endLengths: perColumn(separatorLength, crlf ? 2 : 1),
  };
}
