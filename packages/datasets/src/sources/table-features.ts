import { invalid, RecsysError } from '@footlight/core';
import { buildFeatures } from '../features.js';
import { detectFormat, type TableFormat } from '../readers/detect-format.js';
import { type FileContent, getFileName, locateFile } from '../readers/file-location.js';
import { assertSeparator } from '../readers/find-field.js';
import { mapToDenseIds } from '../readers/number-ids.js';
import { parseDecimal } from '../readers/parse-decimal.js';
import { parseWholeNumber } from '../readers/parse-whole-number.js';
import { type Cell, type FeatureRows, readFeatureRows } from '../readers/read-feature-rows.js';
import type { ReadOptions } from '../readers/source-file.js';
import { assertEncoding } from '../readers/text-encoding.js';
import type { Features, OriginalIds } from '../types.js';

/** A file with features of users or items, one row for each. */
export interface TableFeatures {
  /** Path of a file with one row per user or item; a csv or tsv file has a header. */
  readonly path?: string;
  /** Instead of the path: a `File` or another `Blob`, or what `fetch` returned. */
  readonly file?: FileContent;
  /** Format of the file. Default: by its name, as for the interactions, else `csv`. */
  readonly format?: TableFormat;
  /** Name of the column with the original ids. Ids that have no interactions are ignored. */
  readonly id: string;
  /**
   * Names of the columns that become features. A cell holds one value, several values separated by `|`, or none; in
   * JSON lines and Parquet also a number, a boolean, or a list.
   */
  readonly features: readonly string[];
  /** Separator of a csv file. Default: a comma. */
  readonly separator?: string;
  /** Whether quotation marks enclose fields. Default: as for the interactions, by the separator. */
  readonly quotes?: boolean;
  /** Encoding of the file, e.g. `latin1`. Default: `utf-8`, or UTF-16 if the file begins so. */
  readonly encoding?: string;
}

/** A file with features and titles of items. */
export interface TableItemFeatures extends TableFeatures {
  /** Name of the column with the titles. Default: none. */
  readonly title?: string;
}

/** How many users or items have a row. */
export interface FeatureCounts {
  /** Users or items of the dataset with a row. */
  readonly found: number;
  /** Users or items of the dataset without one. */
  readonly missing: number;
  /** Rows of ids that the dataset does not have. They are ignored. */
  readonly unknown: number;
}

/** What a table says about the users or items of a dataset. */
export interface ReadFeatures {
  readonly features?: Features;
  readonly titles?: readonly string[];
  readonly counts: FeatureCounts;
}

/** Checks the options that can be checked before the file is read; `place` names an option in errors. */
export function assertTableFeatures(place: (option: string) => string, options: TableItemFeatures): void {
  const { features, title, separator, quotes, encoding } = options;
  const location = locateFile(place, options);
  if (features.length === 0 && title === undefined) invalid(place('features'), 'names of columns', 'none');
  if (new Set(features).size < features.length)
    invalid(place('features'), 'names of different columns', features.join(', '));
  const format = options.format ?? detectFormat(getFileName(location));
  const isDelimited = format === 'csv' || format === 'tsv';
  if (separator !== undefined && !isDelimited) invalid(place('separator'), 'a csv file', format);
  if (quotes !== undefined && !isDelimited) invalid(place('quotes'), 'a csv or tsv file', format);
  if (encoding !== undefined && format === 'parquet') invalid(place('encoding'), 'a text file', format);
  if (separator !== undefined) assertSeparator(place('separator'), separator);
  assertEncoding(place('encoding'), encoding);
}

/**
 * Reads features and titles of the entities with the given ids. An entity that the file does not list has no features
 * and the title ''.
 *
 * @throws {RecsysError} `missing-file`; `invalid-data` if a row does not fit, a column is missing, an id occurs twice,
 *   or the file has none of the ids
 */
export async function readTableFeatures(
  { path, file, format, id, features, separator, quotes, encoding, title }: TableItemFeatures,
  ids: OriginalIds,
  options: ReadOptions,
): Promise<ReadFeatures> {
  const location = locateFile((option) => option, { path, file });
  const known = format ?? detectFormat(getFileName(location));
  const rows = await readFeatureRows(
    {
      location,
      format: known,
      id,
      columns: [...features, ...(title === undefined ? [] : [title])],
      delimiters: { separator: separator ?? (known === 'tsv' ? '\t' : ','), ...(quotes !== undefined && { quotes }) },
    },
    { ...options, encoding },
  );
  const entityRows = findEntityRows(rows, ids, `column ${id}`);
  const found = entityRows.reduce((sum, row) => sum + (row < 0 ? 0 : 1), 0);
  const readColumn = <T>(column: number, convert: (cell: Cell, row: number) => T): T[] =>
    Array.from(entityRows, (row) => convert(row < 0 ? '' : rows.readCell(column, row), row));
  const toTitle = (cell: Cell, row: number): string =>
    typeof cell === 'string'
      ? cell
      : fail(describePlace(rows, row, `column ${title}`), 'one title', 'a list', 'Correct the row or remove it.');
  const fields = features.map((name, at) => ({ name, values: readColumn(at, parseValues) }));
  return {
    ...(features.length > 0 && { features: buildFeatures(fields) }),
    ...(title !== undefined && { titles: readColumn(features.length, toTitle) }),
    counts: { found, missing: ids.length - found, unknown: rows.places.length - found },
  };
}

function describePlace({ fileName, unit, places }: FeatureRows, row: number, column: string): string {
  return `${fileName} (${unit} ${places[row]}, ${column})`;
}

/** The row of each entity, by dense id; −1 if the file does not list it. */
function findEntityRows(rows: FeatureRows, ids: OriginalIds, column: string): Int32Array {
  const { fileName, unit, places } = rows;
  const { codes, texts } = rows.ids;
  const dense = mapToDenseIds(ids);
  const areNumbers = ids instanceof Int32Array || ids instanceof Float64Array;
  const entityRows = new Int32Array(ids.length).fill(-1);
  const placeByCode = new Float64Array(texts.length);
  let known = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    const text = texts[code]!;
    const where = describePlace(rows, row, column);
    if (text.trim() === '') fail(where, 'an id', 'nothing', 'Remove the row or give it an id.');
    if (placeByCode[code]! > 0)
      fail(where, 'each id once', `"${text}" again, first in ${unit} ${placeByCode[code]}`, 'Keep one row of each id.');
    placeByCode[code] = places[row]!;
    const entity = dense.get(areNumbers ? (parseWholeNumber(text) ?? text) : text);
    if (entity === undefined) {
      const spelling = findOtherSpelling(text, areNumbers, dense);
      if (spelling !== undefined)
        fail(where, `the id "${spelling}" of the interactions`, `"${text}"`, 'Spell ids alike in both files.');
      continue;
    }
    entityRows[entity] = row;
    known++;
  }
  if (known === 0 && ids.length > 0)
    fail(
      `${fileName} (${column})`,
      'ids of the interactions',
      `none of them in ${codes.length} rows`,
      'Is it the right column?',
    );
  return entityRows;
}

/** The id of the interactions that a text most likely means: `7` for `007`, `7.0` or ` 7`. */
function findOtherSpelling(
  text: string,
  areNumbers: boolean,
  dense: ReadonlyMap<string | number, number>,
): string | undefined {
  const other = areNumbers ? parseDecimal(text) : text.trim();
  return other !== undefined && dense.has(other) ? String(other) : undefined;
}

function parseValues(cell: Cell): string[] {
  const values = new Set<string>();
  for (const value of typeof cell === 'string' ? cell.split('|') : cell) values.add(value.trim());
  values.delete('');
  return [...values];
}

function fail(where: string, expected: string, received: string, hint: string): never {
  throw new RecsysError('invalid-data', `${where}: expected ${expected}, received ${received}. ${hint}`);
}
