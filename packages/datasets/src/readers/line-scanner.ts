import type { ColumnKind, ColumnRequest, ColumnValues } from './column-types.js';
import { createGrowingColumn, type NumberColumn } from './growing-column.js';
import type { LineLayout } from './line-layout.js';
import type { Cursor } from './parse-field.js';
import { BLOCK_ROWS, scanRows } from './scan-rows.js';
import type { TextCodes } from './text-codes.js';

/** Parses lines into the requested columns. */
export interface LineScanner {
  /**
   * Parses whole lines.
   *
   * @param bytesLeft bytes of the file from these lines on, if known: for an estimate of the number of rows
   */
  scan(bytes: Uint8Array, bytesLeft?: number): void;
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
  const { positions, codes } = layout;
  const columns = requests.map(({ kind }) => createGrowingColumn(kind));
  const block = new Float64Array(layout.parsers.length * BLOCK_ROWS); // [column, row]
  const cursor: Cursor = { position: 0, line };
  return {
    scan(bytes, bytesLeft = 0) {
      for (cursor.position = 0; cursor.position < bytes.length; ) {
        const start = cursor.position;
        const rows = scanRows(layout, bytes, block, cursor);
        const estimateRows = () => Math.ceil((MARGIN * rows * bytesLeft) / (cursor.position - start));
        columns.forEach((column, request) => {
          const first = positions[request]! * BLOCK_ROWS;
          column.push(block.subarray(first, first + rows), estimateRows);
        });
      }
    },
    append: (others) => columns.forEach((column, request) => void column.push(others[request]!)),
    take: () => columns.map((column, request) => withTexts(column.take(), codes[positions[request]!])),
  };
}

function withTexts(values: NumberColumn, codes: TextCodes | undefined): ColumnValues[ColumnKind] {
  return codes ? { codes: values as Int32Array, texts: codes.texts() } : values;
}
