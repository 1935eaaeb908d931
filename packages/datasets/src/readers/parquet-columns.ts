import { RecsysError } from '@footlight/core';
import { type FileMetaData, type ParquetParsers, parquetSchema } from 'hyparquet';
import { findColumn } from './find-column.js';
import type { InteractionFile } from './interaction-columns.js';

type SchemaElement = FileMetaData['schema'][number];

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * How values of Parquet types become values of JavaScript: times become seconds since 1970 in all of their digits, and
 * bytes that are no text stay bytes.
 */
export const parquetParsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (milliseconds) => Number(milliseconds) / 1e3,
  timestampFromMicroseconds: (microseconds) => Number(microseconds) / 1e6,
  timestampFromNanoseconds: (nanoseconds) =>
    Number(nanoseconds / 1_000_000_000n) + Number(nanoseconds % 1_000_000_000n) / 1e9,
  dateFromDays: (days) => days * 86_400,
  stringFromBytes: decode,
  jsonFromBytes: decode,
};

function decode(bytes: Uint8Array): unknown {
  if (!bytes) return bytes;
  try {
    return decoder.decode(bytes);
  } catch {
    return bytes;
  }
}

/**
 * Checks the schema: each column exists once and has one value per row, ids and ratings are no times.
 *
 * @throws {RecsysError} `invalid-data` with the column that does not fit
 */
export function assertParquetColumns(metadata: FileMetaData, { names }: InteractionFile, fileName: string): void {
  const columns = parquetSchema(metadata).children;
  const columnNames = columns.map(({ element }) => element.name);
  for (const [role, name] of Object.entries(names)) {
    const { element, children } = columns[findColumn(name, columnNames, fileName)]!;
    const type = describeType(element);
    const fail = (expected: string, received: string): never => {
      throw new RecsysError(
        'invalid-data',
        `${fileName} (column ${name}): expected ${expected}, received ${received}. Is this the right column?`,
      );
    };
    if (children.length > 0 || element.repetition_type === 'REPEATED')
      fail('one value per row', 'a column of lists or structures');
    if (role !== 'timestamp' && (type === 'times' || type === 'dates'))
      fail(role === 'rating' ? 'ratings' : 'ids', type);
    if (type === 'times of day' || type === 'intervals') fail(role === 'timestamp' ? 'timestamps' : `${role}s`, type);
  }
}

/**
 * Checks the schema of a file with features: each column exists once, and none is of times.
 *
 * @throws {RecsysError} `invalid-data` with the column that does not fit
 */
export function assertFeatureColumns(metadata: FileMetaData, names: readonly string[], fileName: string): void {
  const columns = parquetSchema(metadata).children;
  const columnNames = columns.map(({ element }) => element.name);
  for (const name of names) {
    const type = describeType(columns[findColumn(name, columnNames, fileName)]!.element);
    if (type === undefined) continue;
    throw new RecsysError(
      'invalid-data',
      `${fileName} (column ${name}): expected texts, numbers or lists of them, received ${type}. ` +
        'Write them as text, e.g. the year.',
    );
  }
}

/** Whether a column has times of a type that names their unit. */
export function hasParquetTimes(metadata: FileMetaData, name: string): boolean {
  const element = parquetSchema(metadata).children.find((child) => child.element.name === name)?.element;
  return element !== undefined && ['times', 'dates'].includes(describeType(element) ?? '');
}

function describeType({ type, converted_type, logical_type }: SchemaElement): string | undefined {
  if (converted_type?.startsWith('TIMESTAMP') || logical_type?.type === 'TIMESTAMP') return 'times';
  if (type === 'INT96') return 'times';
  if (converted_type === 'DATE' || logical_type?.type === 'DATE') return 'dates';
  if (converted_type?.startsWith('TIME_') || logical_type?.type === 'TIME') return 'times of day';
  return converted_type === 'INTERVAL' ? 'intervals' : undefined;
}
