import { basename } from 'node:path';
import { invalid, type Json, RecsysError } from '@footlight/core';
import Papa from 'papaparse';
import { buildFeatures } from '../features.js';
import { findColumn } from '../readers/find-column.js';
import { mapToDenseIds } from '../readers/number-ids.js';
import { openFile, type ReadOptions, readText } from '../readers/source-file.js';
import type { Features, OriginalIds } from '../types.js';

/** A file with features of users or items, one row for each. */
export interface TableFeatures {
  /** A csv or tsv file with a header, and one row per user or item. */
  readonly path: string;
  /** Name of the column with the original ids. Ids that have no interactions are ignored. */
  readonly id: string;
  /** Names of the columns that become features. A cell holds one value, several values separated by `|`, or none. */
  readonly features: readonly string[];
  /** Separator of the file. Default: a tab if its name ends in `.tsv` or `.tsv.gz`, else a comma. */
  readonly separator?: string;
}

/** A file with features and titles of items. */
export interface TableItemFeatures extends TableFeatures {
  /** Name of the column with the titles. Default: none. */
  readonly title?: string;
}

/** Checks the options that can be checked before the file is read. */
export function assertTableFeatures(option: string, { path, features, title }: TableItemFeatures): void {
  if (!path) invalid(`table(${option}.path)`, 'the path of a file', JSON.stringify(path));
  if (features.length === 0 && title === undefined) invalid(`table(${option}.features)`, 'names of columns', 'none');
  if (new Set(features).size < features.length)
    invalid(`table(${option}.features)`, 'names of different columns', features.join(', '));
}

/** The part of the options that belongs to the protocol: the folder does not, since it differs between machines. */
export function describeTableFeatures({ path, id, features, separator, title }: TableItemFeatures): Json {
  return { file: basename(path), id, features, ...(separator && { separator }), ...(title && { title }) };
}

/**
 * Reads features and titles of the entities with the given ids. An entity that the file does not list has no features
 * and the title ''.
 *
 * @throws {RecsysError} `missing-file`; `invalid-data` if a column is missing, an id occurs twice, or the file has none
 *   of the ids
 */
export async function readTableFeatures(
  { path, id, features, separator, title }: TableItemFeatures,
  ids: OriginalIds,
  options: ReadOptions,
): Promise<{ readonly features?: Features; readonly titles?: readonly string[] }> {
  const file = await openFile(path, options);
  const { header, rows } = parseRows(
    await readText(file, 'utf-8'),
    separator ?? (/\.tsv(\.gz)?$/i.test(path) ? '\t' : ','),
    file.name,
  );
  const find = (column: string) => findColumn(column, header, file.name);
  const entityRows = findEntityRows(rows, find(id), ids, `column ${id}`, file.name);
  const readCells = (column: string) => {
    const at = find(column);
    return entityRows.map((fields) => fields?.[at] ?? '');
  };
  const fields = features.map((name) => ({ name, values: readCells(name).map(parseValues) }));
  return {
    ...(features.length > 0 && { features: buildFeatures(fields) }),
    ...(title !== undefined && { titles: readCells(title) }),
  };
}

interface Row {
  readonly fields: readonly string[];
  /** Its first line in the file, from 1. A row has several lines if a quoted field contains line ends. */
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
      'matching quotation marks',
      'a quoted field without an end',
      'Correct the row.',
    );
  const [header, ...rows] = all.filter(({ fields }) => fields.length > 1 || fields[0] !== '');
  return { header: header?.fields ?? [], rows };
}

/** The fields of the row of each entity, by dense id. */
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
  const entityRows = new Array<Row['fields'] | undefined>(ids.length).fill(undefined);
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
    entityRows[entity] = fields;
    known++;
  }
  if (known === 0 && ids.length > 0)
    fail(
      `${fileName} (${column})`,
      'ids of the interactions',
      `none of them in ${rows.length} rows`,
      'Is it the right column?',
    );
  return entityRows;
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
