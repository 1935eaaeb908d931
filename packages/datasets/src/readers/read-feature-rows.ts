import { RecsysError } from '@footlight/core';
import { createIdCollector, describeValue } from './column-collectors.js';
import type { Delimiters } from './column-types.js';
import type { TableFormat } from './detect-format.js';
import type { FileLocation } from './file-location.js';
import { createFieldEnds } from './find-field.js';
import type { CodedTexts } from './number-ids.js';
import { openTableFile, type TableFileOptions } from './open-table-file.js';
import { assertFeatureColumns } from './parquet-columns.js';
import { readColumns } from './read-columns.js';
import { readJsonRows } from './read-json-lines.js';
import { openParquet, readParquetColumns } from './read-parquet.js';

/** A file with one row per user or item, and the columns to read from it. */
export interface FeatureFile {
  readonly location: FileLocation;
  readonly format: TableFormat;
  /** How a csv or tsv file is written. */
  readonly delimiters: Delimiters;
  /** Name of the column with the ids. */
  readonly id: string;
  /** Names of the other columns. */
  readonly columns: readonly string[];
}

/** A text, which may hold several values separated by `|`; or a list of values. */
export type Cell = string | readonly string[];

/** The rows of a file with features. */
export interface FeatureRows {
  readonly fileName: string;
  /** What the numbers in `places` count. */
  readonly unit: 'line' | 'row';
  /** The ids, `[row]`. */
  readonly ids: CodedTexts;
  /** Line or row in the file, from 1, `[row]`. */
  readonly places: ArrayLike<number>;
  /** The cell of a row in one of the columns. */
  readonly readCell: (column: number, row: number) => Cell;
}

/**
 * Reads a file with one row per user or item.
 *
 * In JSON lines and Parquet, a cell is a text, a number, a boolean, a list of these, or null.
 *
 * @throws {RecsysError} `missing-file`; `invalid-data` with file, line (or row) and column of the first value that does
 *   not fit
 */
export function readFeatureRows(file: FeatureFile, options: TableFileOptions): Promise<FeatureRows> {
  if (file.format === 'parquet') return readParquetRows(file, options);
  return file.format === 'json-lines' ? readJsonLinesRows(file, options) : readDelimitedRows(file, options);
}

async function readDelimitedRows(
  { location, delimiters, id, columns }: FeatureFile,
  options: TableFileOptions,
): Promise<FeatureRows> {
  const canEnclose = createFieldEnds(delimiters).quotes === 'enclose';
  const file = await openTableFile(location, { ...options, quotes: canEnclose });
  const read = (await readColumns(file, {
    ...delimiters,
    columns: {
      id: { column: id, kind: 'text' },
      line: { column: id, kind: 'line' },
      ...Object.fromEntries(columns.map((column, at) => [`text${at}`, { column, kind: 'text' }] as const)),
    },
  })) as { id: CodedTexts; line: Float64Array; [text: `text${number}`]: CodedTexts };
  const readCell = (at: number, row: number): string => {
    const { codes, texts } = read[`text${at}`]!;
    return texts[codes[row]!]!;
  };
  return { fileName: file.name, unit: 'line', ids: read.id, places: read.line, readCell };
}

async function readJsonLinesRows(
  { location, id, columns }: FeatureFile,
  options: TableFileOptions,
): Promise<FeatureRows> {
  const file = await openTableFile(location, options);
  const collector = createRowCollector(file.name, 'line', [id, ...columns]);
  for await (const { values, line } of readJsonRows(file, [id, ...columns]))
    for (const [at, value] of values.entries()) collector.add(at, value, line);
  return collector.take();
}

async function readParquetRows(
  { location, id, columns }: FeatureFile,
  options: TableFileOptions,
): Promise<FeatureRows> {
  const parquet = await openParquet(location);
  const names = [...new Set([id, ...columns])];
  assertFeatureColumns(parquet.metadata, names, parquet.fileName);
  const collector = createRowCollector(parquet.fileName, 'row', [id, ...columns]);
  const positions = names.map((name) => [id, ...columns].flatMap((column, at) => (column === name ? [at] : [])));
  await readParquetColumns(parquet, names, options, (name, value, row) => {
    for (const at of positions[name]!) collector.add(at, value, row);
  });
  return collector.take();
}

/** Collects values of any type: column 0 has the ids. */
function createRowCollector(
  fileName: string,
  unit: FeatureRows['unit'],
  names: readonly string[],
): { add(at: number, value: unknown, row: number): void; take(): FeatureRows } {
  const ids = createIdCollector(fileName, names[0]!, unit);
  const codeByText = new Map<string, number>();
  const codes: number[] = [];
  const places: number[] = [];
  const cells: Cell[][] = names.slice(1).map(() => []);
  return {
    add(at, value, row) {
      if (at > 0) {
        cells[at - 1]!.push(toCell(value, `${fileName} (${unit} ${row}, column ${names[at]})`));
        return;
      }
      ids.add(value, row);
      const text = String(value);
      const code = codeByText.get(text) ?? codeByText.size;
      codeByText.set(text, code);
      codes.push(code);
      places.push(row);
    },
    take() {
      ids.take(); // checks the texts
      const coded = { codes: Int32Array.from(codes), texts: [...codeByText.keys()] };
      return { fileName, unit, ids: coded, places, readCell: (column, row) => cells[column]![row]! };
    },
  };
}

function toCell(value: unknown, where: string): Cell {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map((each) => toText(each, where));
  return toText(value, where);
}

function toText(value: unknown, where: string): string {
  if (typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new RecsysError(
    'invalid-data',
    `${where}: expected a text, a number, true or false, or a list of these, received ${describeValue(value)}. ` +
      'Correct the row or remove it.',
  );
}
