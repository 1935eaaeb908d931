import { MINUS, NEWLINE, POINT, RETURN, ZERO } from './character-codes.js';
import { ID, type LineLayout, NUMBER, TEXT, TEXT_ID } from './line-layout.js';
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
 * @param block `[column + 1, row]`: the numbers, or the codes of texts; then the line of each row
 * @returns the number of rows
 */
export function scanRows(layout: LineLayout, bytes: Uint8Array, block: Float64Array, cursor: Cursor): number {
  const { parsers, codes, ends, secondEnds, endLengths } = layout;
  const { separatorByte } = layout.fieldEnds;
  const width = parsers.length;
  const to = bytes.length;
  let at = cursor.position;
  let line = cursor.line;
  let row = 0;
  while (at < to && row < BLOCK_ROWS) {
    if (bytes[at]! <= RETURN) {
      const lineEnd = bytes[at] === NEWLINE ? 1 : bytes[at] === RETURN && bytes[at + 1] === NEWLINE ? 2 : 0;
      if (lineEnd > 0) {
        at += lineEnd; // an empty line
        line++;
        continue;
      }
    }
    const rowStart = at;
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
      } else if ((parser === TEXT_ID || parser === TEXT) && bytes[at]! > MINUS) {
        // Blanks, quotation marks and signs are below the minus; line ends are not above the return.
        while (bytes[at]! > RETURN && bytes[at] !== separatorByte) at++;
        if (at > start && bytes[at] === end && (endLengths[column] === 1 || bytes[at + 1] === secondEnds[column])) {
          digits = 1;
          value = codes[column]!.code(bytes, start, at);
        }
      }
      const isRead =
        digits > 0 &&
        digits <= EXACT_DIGITS &&
        bytes[at] === end &&
        (endLengths[column] === 1 || bytes[at + 1] === secondEnds[column]);
      if (isRead) {
        at += endLengths[column]!;
      } else {
        value = parseField(layout, bytes, start, column, line, cursor);
        if (cursor.isCut) {
          cursor.position = rowStart;
          cursor.line = line;
          cursor.lineEnds = 0;
          return row;
        }
        at = cursor.position;
      }
      block[column * BLOCK_ROWS + row] = value;
    }
    block[width * BLOCK_ROWS + row] = line;
    row++;
    line += 1 + cursor.lineEnds;
    cursor.lineEnds = 0;
  }
  cursor.position = at;
  cursor.line = line;
  return row;
}
