import { RecsysError } from '@footlight/core';
import type { ColumnKind, ColumnRequest, ColumnValues } from './column-types.js';
import { createGrowingColumn, type NumberColumn } from './growing-column.js';
import { assertIdTexts } from './id-texts.js';
import type { LineLayout } from './line-layout.js';
import type { Cursor } from './parse-field.js';
import { BLOCK_ROWS, scanRows } from './scan-rows.js';

/** Parses lines into the requested columns. */
export interface LineScanner {
  /**
   * Parses whole lines.
   *
   * @param bytesLeft bytes of the file from these lines on, if known: for an estimate of the number of rows
   * @returns the number of bytes that were parsed: all, unless the last row ends inside quotation marks
   */
  scan(bytes: Uint8Array, bytesLeft?: number): number;
  /** The line of the file that is scanned next, from 1. */
  line(): number;
  /** Adds rows that another thread has parsed, in the order of the requests. */
  append(columns: readonly NumberColumn[]): void;
  /** The columns, in the order of the requests. */
  take(): ColumnValues[ColumnKind][];
}

/**
 * Estimates of the number of rows are made a little larger: to copy all columns costs more than to leave some memory
 * unused.
 */
const MARGIN = 1.02;

/** @param line the number of the first line that will be scanned, from 1 */
export function createLineScanner(layout: LineLayout, requests: readonly ColumnRequest[], line: number): LineScanner {
  const { fileName, names, positions, codes } = layout;
  const columns = requests.map(({ kind }) => createGrowingColumn(kind));
  const block = new Float64Array((names.length + 1) * BLOCK_ROWS); // [column + 1, row]
  const cursor: Cursor = { position: 0, line, lineEnds: 0, isCut: false };
  const takeColumn = (request: number): ColumnValues[ColumnKind] => {
    const values = columns[request]!.take();
    const texts = codes[positions[request]!]?.texts();
    if (!texts) return values;
    const coded = { codes: values as Int32Array, texts };
    if (requests[request]!.kind === 'text-id')
      assertIdTexts(texts, (code, expected, received, hint) => {
        const where = `${fileName} (row ${coded.codes.indexOf(code) + 1}, column ${names[positions[request]!]})`;
        throw new RecsysError('invalid-data', `${where}: expected ${expected}, received ${received}. ${hint}`);
      });
    return coded;
  };
  return {
    scan(bytes, bytesLeft = 0) {
      cursor.isCut = false;
      for (cursor.position = 0; cursor.position < bytes.length && !cursor.isCut; ) {
        const start = cursor.position;
        const rows = scanRows(layout, bytes, block, cursor);
        const estimateRows = () => Math.ceil((MARGIN * rows * bytesLeft) / (cursor.position - start));
        columns.forEach((column, request) => {
          const first = positions[request]! * BLOCK_ROWS;
          if (rows > 0) column.push(block.subarray(first, first + rows), estimateRows);
        });
      }
      return cursor.position;
    },
    line: () => cursor.line,
    append: (others) => columns.forEach((column, request) => void column.push(others[request]!)),
    take: () => requests.map((_, request) => takeColumn(request)),
  };
}
