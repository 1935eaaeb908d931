import { toPrintable } from '@footlight/core';

/** What a cell of CSV may hold; `undefined` is an empty field. */
export type CsvCell = string | number | undefined;

/** Spreadsheets take a text that begins so for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Formats rows as CSV (RFC 4180), each with its line end. Spreadsheets read no formulas in it: a text that would be one
 * gets an apostrophe in front, unless it is a number. Control characters become symbols.
 *
 * @example
 * formatCsv([['=1+1', -0.5]]) // "'=1+1,-0.5\n"
 */
export function formatCsv(rows: readonly (readonly CsvCell[])[], lineEnd: '\n' | '\r\n' = '\n'): string {
  return rows.map((cells) => cells.map(formatCell).join(',') + lineEnd).join('');
}

/** Quotes where commas, quotes, line ends or blanks at an end are. */
function formatCell(cell: CsvCell): string {
  if (typeof cell !== 'string') return cell === undefined ? '' : String(cell);
  const lines = cell.split('\n').map(toPrintable).join('\n');
  const text = FORMULA.test(cell) && !NUMBER.test(cell) ? `'${lines}` : lines;
  return /[",\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
