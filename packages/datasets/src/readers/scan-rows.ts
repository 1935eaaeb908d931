import { MINUS, NEWLINE, POINT, QUOTE, ZERO } from './character-codes.js';
import { ID, type LineLayout, NUMBER, TEXT } from './line-layout.js';
import { type Cursor, parseField } from './parse-field.js';

/** Rows per block: 4 columns of them fit into the processor's cache. */
export const BLOCK_ROWS: number = 1 << 13;

/** 15 decimal digits fit into a double exactly, whatever they are. */
const EXACT_DIGITS = 15;

/**
 * Parses rows from the cursor on, until the block is full or the bytes end, and moves the cursor.
 *
 * One loop without a call per field, since it runs once per byte: it reads unsigned decimal numbers and texts. Every
 * other field, and every field that is malformed, is left to `parseField`.
 *
 * @param bytes whole lines
 * @param block `[column, row]`: the numbers, or the codes of texts
 * @returns the number of rows
 */
export function scanRows(layout: LineLayout, bytes: Uint8Array, block: Float64Array, cursor: Cursor): number {
  const { parsers, codes, separatorByte, ends, endLengths } = layout;
  const width = parsers.length;
  const lastColumn = width - 1;
  const lineEnd = ends[lastColumn]!;
  const lineEndLength = endLengths[lastColumn]!;
  const hasWideSeparator = layout.separatorLength > 1;
  const to = bytes.length;
  let at = cursor.position;
  let line = cursor.line;
  let row = 0;
  while (at < to && row < BLOCK_ROWS) {
    if (bytes[at] === lineEnd) {
      at += lineEndLength;
      line++; // an empty line
      continue;
    }
    for (let column = 0; column < width; column++) {
      const parser = parsers[column]!;
      const end = ends[column]!;
      const start = at;
      let value = 0;
      let digits = 0; // 0 leaves the field to `parseField`
      if (parser === ID || parser === NUMBER) {
        let digit = bytes[at]! - ZERO;
        while (digit >= 0 && digit <= 9) {
          value = 10 * value + digit;
          digit = bytes[++at]! - ZERO;
        }
        digits = at - start;
        if (parser === ID) {
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
      } else if (parser === TEXT && bytes[at] !== QUOTE && bytes[at] !== MINUS) {
        while (bytes[at] !== end && bytes[at] !== NEWLINE && bytes[at] !== separatorByte) at++;
        if (at > start && bytes[at] === end) {
          digits = 1;
          value = codes[column]!.code(bytes, start, at);
        }
      }
      const isRead =
        digits > 0 &&
        digits <= EXACT_DIGITS &&
        bytes[at] === end &&
        (!hasWideSeparator || column === lastColumn || bytes[at + 1] === end);
      if (isRead) {
        at += endLengths[column]!;
      } else {
        value = parseField(layout, bytes, start, column, line, cursor);
        at = cursor.position;
      }
      block[column * BLOCK_ROWS + row] = value;
    }
    row++;
    line++;
  }
  cursor.position = at;
  cursor.line = line;
  return row;
}
