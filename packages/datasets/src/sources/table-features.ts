import { invalid, RecsysError } from '@footlight/core';
import { buildFeatures } from '../features.js';
import { assertSeparator, createFieldEnds } from '../readers/find-field.js';
import { type CodedTexts, mapToDenseIds } from '../readers/number-ids.js';
import { openTableFile } from '../readers/open-table-file.js';
import { parseDecimal } from '../readers/parse-decimal.js';
import { parseWholeNumber } from '../readers/parse-whole-number.js';
import { readColumns } from '../readers/read-columns.js';
import type { ReadOptions } from '../readers/source-file.js';
import { assertEncoding } from '../readers/text-encoding.js';
import type { Features, OriginalIds } from '../types.js';

/** A file with features of users or items, one row for each. */
export interface TableFeatures {
  /** A csv or tsv file with a header, and one row per user or item. */
  readonly path: string;
  /** Name of the column with the original ids. Ids that have no interactions are ignored. */
  readonly id: string;
  /** Names of the columns that become features. A cell holds one value, several values separated by `|`, or none. */
  readonly features: readonly string[];
  /** Separator of the file. Default: a tab if its name ends in `.tsv` (or `.tsv.gz`), else a comma. */
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

/** Checks the options that can be checked before the file is read. */
export function assertTableFeatures(
  option: string,
  { path, features, title, separator, encoding }: TableItemFeatures,
): void {
  if (!path) invalid(`table(${option}.path)`, 'the path of a file', JSON.stringify(path));
  if (features.length === 0 && title === undefined) invalid(`table(${option}.features)`, 'names of columns', 'none');
  if (new Set(features).size < features.length)
    invalid(`table(${option}.features)`, 'names of different columns', features.join(', '));
  if (separator !== undefined) assertSeparator(`table(${option}.separator)`, separator);
  assertEncoding(`table(${option}.encoding)`, encoding);
}

/**
 * Reads features and titles of the entities with the given ids. An entity that the file does not list has no features
 * and the title ''.
 *
 * @throws {RecsysError} `missing-file`; `invalid-data` if a row does not fit, a column is missing, an id occurs twice,
 *   or the file has none of the ids
 */
export async function readTableFeatures(
  { path, id, features, separator, quotes, encoding, title }: TableItemFeatures,
  ids: OriginalIds,
  options: ReadOptions,
): Promise<{ readonly features?: Features; readonly titles?: readonly string[] }> {
  const delimiters = {
    separator: separator ?? (/\.tsv(\.gz|\.zip)?$/i.test(path) ? '\t' : ','),
    ...(quotes !== undefined && { quotes }),
  };
  const canEnclose = createFieldEnds(delimiters).quotes === 'enclose';
  const file = await openTableFile(path, { ...options, encoding, quotes: canEnclose });
  const texts = [...features, ...(title === undefined ? [] : [title])];
  const {
    id: idColumn,
    line,
    ...cells
  } = (await readColumns(file, {
    ...delimiters,
    columns: {
      id: { column: id, kind: 'text' },
      line: { column: id, kind: 'line' },
      ...Object.fromEntries(texts.map((column, at) => [`text${at}`, { column, kind: 'text' }] as const)),
    },
  })) as { id: CodedTexts; line: Float64Array; [text: `text${number}`]: CodedTexts };
  const entityRows = findEntityRows(idColumn, line, ids, `column ${id}`, file.name);
  const readCells = (at: number): string[] => {
    const column = cells[`text${at}`]!;
    return Array.from(entityRows, (row) => (row < 0 ? '' : column.texts[column.codes[row]!]!));
  };
  const fields = features.map((name, at) => ({ name, values: readCells(at).map(parseValues) }));
  return {
    ...(features.length > 0 && { features: buildFeatures(fields) }),
    ...(title !== undefined && { titles: readCells(features.length) }),
  };
}

/** The row of each entity, by dense id; −1 if the file does not list it. */
function findEntityRows(
  { codes, texts }: CodedTexts,
  lines: Float64Array,
  ids: OriginalIds,
  column: string,
  fileName: string,
): Int32Array {
  const dense = mapToDenseIds(ids);
  const areNumbers = ids instanceof Int32Array || ids instanceof Float64Array;
  const entityRows = new Int32Array(ids.length).fill(-1);
  const lineByCode = new Float64Array(texts.length);
  let known = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    const text = texts[code]!;
    const where = `${fileName} (line ${lines[row]}, ${column})`;
    if (text.trim() === '') fail(where, 'an id', 'nothing', 'Remove the row or give it an id.');
    if (lineByCode[code]! > 0)
      fail(where, 'each id once', `"${text}" again, first in line ${lineByCode[code]}`, 'Keep one row of each id.');
    lineByCode[code] = lines[row]!;
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

function parseValues(cell: string): string[] {
  return cell
    .split('|')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

function fail(where: string, expected: string, received: string, hint: string): never {
  throw new RecsysError('invalid-data', `${where}: expected ${expected}, received ${received}. ${hint}`);
}
