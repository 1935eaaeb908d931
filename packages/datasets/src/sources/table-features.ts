import { basename } from 'node:path';
import { invalid, type Json, RecsysError } from '@footlight/core';
import Papa from 'papaparse';
import { buildFeatures } from '../features.js';
import { mapToDenseIds } from '../readers/number-ids.js';
import { findColumn } from '../readers/read-columns.js';
import { openFile, readText } from '../readers/source-file.js';
import type { Features, LoadOptions, OriginalIds } from '../types.js';

export interface TableFeatures {
  /** A csv or tsv file with a header, and one row per user or item. */
  readonly path: string;
  /** Name of the column with the ids, as the interactions have them. Ids without interactions are left out. */
  readonly id: string;
  /** Names of the columns to take. A cell may hold several values with `|` between, or none. */
  readonly features: readonly string[];
  /** Default: a tab if the file's name ends in `.tsv` or `.tsv.gz`, else a comma. */
  readonly separator?: string;
}

export interface TableItemFeatures extends TableFeatures {
  /** Name of the column with the titles. Default: none. */
  readonly title?: string;
}

/** Refuses what can be refused before the file is read. */
export function assertTableFeatures(option: string, { path, features, title }: TableItemFeatures): void {
  if (!path) invalid(`table(${option}.path)`, 'the path of a file', JSON.stringify(path));
  if (features.length === 0 && title === undefined) invalid(`table(${option}.features)`, 'names of columns', 'none');
  if (new Set(features).size < features.length)
    invalid(`table(${option}.features)`, 'names of different columns', features.join(', '));
}

/** What of it decides about results; folders differ from machine to machine. */
export function describeTableFeatures({ path, id, features, separator, title }: TableItemFeatures): Json {
  return { file: basename(path), id, features, ...(separator && { separator }), ...(title && { title }) };
}

/**
 * Features and, if wanted, titles of the entities with these ids; none and '' for those that the file does not list.
 *
 * @throws {RecsysError} `missing-file`; `invalid-data` if a column is missing, an id comes twice, or no id is known
 */
export async function readTableFeatures(
  { path, id, features, separator, title }: TableItemFeatures,
  ids: OriginalIds,
  options: Pick<LoadOptions, 'onProgress' | 'signal'>,
): Promise<{ readonly features?: Features; readonly titles?: readonly string[] }> {
  const file = await openFile(path, options);
  const { header, rows } = parseRows(
    await readText(file, 'utf-8'),
    separator ?? (/\.tsv(\.gz)?$/i.test(path) ? '\t' : ','),
    file.name,
  );
  const place = (column: string) => findColumn(column, header, file.name);
  const own = findEntityRows(rows, place(id), ids, `column ${id}`, file.name);
  const field = (name: string) => {
    const at = place(name);
    return { name, values: own.map((fields) => parseValues(fields?.[at])) };
  };
  return {
    ...(features.length > 0 && { features: buildFeatures(features.map(field)) }),
    ...(title !== undefined && { titles: ((at) => own.map((fields) => fields?.[at] ?? ''))(place(title)) }),
  };
}

interface Row {
  readonly fields: readonly string[];
  /** In which it begins, from 1; fields in quotation marks may hold line ends. */
  readonly line: number;
}

function parseRows(text: string, separator: string, fileName: string): { header: readonly string[]; rows: Row[] } {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter: separator });
  let next = 1;
  const all = data.map((fields): Row => {
    const line = next;
    next += fields.reduce((lines, field) => lines + field.split('\n').length - 1, 1);
    return { fields, line };
  });
  const quotes = errors.find(({ type }) => type === 'Quotes');
  if (quotes)
    fail(
      `${fileName} (line ${all[quotes.row ?? 0]?.line})`,
      `fields whose quotation marks match`,
      'one that goes on',
      'Correct the row.',
    );
  const [header, ...rows] = all.filter(({ fields }) => fields.length > 1 || fields[0] !== '');
  return { header: header?.fields ?? [], rows };
}

/** The fields of each entity's row, by dense id. */
function findEntityRows(
  rows: readonly Row[],
  at: number,
  ids: OriginalIds,
  column: string,
  fileName: string,
): (Row['fields'] | undefined)[] {
  const dense = mapToDenseIds(ids);
  const areNumbers = ids instanceof Int32Array || ids instanceof Float64Array;
  const lineById = new Map<string | number, number>();
  const own = new Array<Row['fields'] | undefined>(ids.length).fill(undefined);
  let known = 0;
  for (const { fields, line } of rows) {
    const text = fields[at] ?? '';
    const where = `${fileName} (line ${line}, ${column})`;
    if (text.trim() === '') fail(where, 'an id', 'nothing', 'Remove the row or give it an id.');
    const id = areNumbers && Number.isFinite(Number(text)) ? Number(text) : text;
    if (lineById.has(id))
      fail(where, 'each id once', `"${text}" again, first in line ${lineById.get(id)}`, 'Keep one row of each id.');
    lineById.set(id, line);
    const entity = dense.get(id);
    if (entity === undefined) continue;
    own[entity] = fields;
    known++;
  }
  if (known === 0 && ids.length > 0)
    fail(
      `${fileName} (${column})`,
      'ids of the interactions',
      `none of them in ${rows.length} rows`,
      'Is it the right column?',
    );
  return own;
}

function parseValues(cell = ''): string[] {
  return cell
    .split('|')
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

function fail(where: string, expected: string, received: string, hint: string): never {
  throw new RecsysError('invalid-data', `${where}: expected ${expected}, received ${received}. ${hint}`);
}
