import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { invalid, RecsysError } from '@footlight/core';
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import Papa from 'papaparse';
import { type ColumnCollector, createIdCollector, createNumberCollector } from '../readers/column-collectors.js';
import type { NumberColumn } from '../readers/growing-column.js';
import { type IdOrder, numberIds, type SourceIds } from '../readers/number-ids.js';
import { createProgressReporter } from '../readers/progress-reporter.js';
import {
  type ColumnRequest,
  failMissingColumn,
  findColumn,
  QuotedFieldError,
  readColumns,
  TextIdError,
} from '../readers/read-columns.js';
import { openFile, readLines, readTexts } from '../readers/source-file.js';
import type { Dataset, Interactions, LoadOptions } from '../types.js';
import {
  assertTableFeatures,
  describeTableFeatures,
  readTableFeatures,
  type TableFeatures,
  type TableItemFeatures,
} from './table-features.js';

export interface TableOptions {
  readonly path: string;
  /** Name of the column with the user ids: whole numbers from 0, or texts. */
  readonly user: string;
  /** Name of the column with the item ids: whole numbers from 0, or texts. */
  readonly item: string;
  /** Name of the column with the ratings. Default: none. */
  readonly rating?: string;
  /** Name of the column with the times. Default: none. */
  readonly timestamp?: string;
  /** What the times are: `seconds` (default) or `milliseconds` since 1970, or ISO dates (`date`; UTC unless they name a zone). */
  readonly times?: 'seconds' | 'milliseconds' | 'date';
  /** Default: by the name of the file (`.csv .tsv .jsonl .ndjson .json .parquet`, also with `.gz`), else `csv`. */
  readonly format?: 'csv' | 'tsv' | 'json-lines' | 'parquet';
  /** Of csv. Default: a comma. */
  readonly separator?: string;
  /** Names of all columns of a csv or tsv file that has no header. */
  readonly header?: readonly string[];
  /** A file that tells something of the users. Default: none. */
  readonly userFeatures?: TableFeatures;
  /** A file that tells something of the items, their titles too. Default: none. */
  readonly itemFeatures?: TableItemFeatures;
}

/**
 * A file of your own: CSV, TSV, JSON-lines or Parquet, by naming its columns. Rows keep their order; a pair that occurs twice stays twice
 * (`dedupe` drops it).
 *
 * @throws {RecsysError} `invalid-argument` if the options contradict each other; `invalid-data`, from `load`, with file, line and column
 *   of the first value that does not fit
 * @example
 * table({ path: 'ratings.csv', user: 'userId', item: 'movieId', rating: 'rating', timestamp: 'timestamp' })
 * table({
 *   path: 'ratings.csv', user: 'userId', item: 'movieId',
 *   itemFeatures: { path: 'movies.csv', id: 'movieId', title: 'title', features: ['genres'] }, // genres=Comedy, genres=Drama, …
 * })
 */
export function table(options: TableOptions): Dataset {
  const {
    path,
    user,
    item,
    rating,
    timestamp,
    times = 'seconds',
    separator,
    header,
    userFeatures,
    itemFeatures,
  } = options;
  if (!path) invalid('table(path)', 'the path of a file', JSON.stringify(path));
  const format = options.format ?? detectFormat(path);
  const delimited = format === 'csv' || format === 'tsv';
  if (header && !delimited)
    invalid('table(header)', 'a csv or tsv file', format, 'Other formats name their columns themselves.');
  if (separator !== undefined && format !== 'csv') invalid('table(separator)', 'a csv file', format);
  if (options.times && !timestamp) invalid('table(times)', 'a column of times', 'none', 'Name it as timestamp.');
  if (userFeatures) assertTableFeatures('userFeatures', userFeatures);
  if (itemFeatures) assertTableFeatures('itemFeatures', itemFeatures);
  const layout = { separator: format === 'tsv' ? '\t' : (separator ?? ','), ...(header && { header }) };
  const names = { user, item, ...(rating && { rating }), ...(timestamp && { timestamp }) };
  const source = { path, names, times };
  return {
    name: `table(${basename(path)})`,
    protocol: {
      source: 'table',
      file: basename(path),
      ...names,
      ...(timestamp && { times }),
      format,
      ...(delimited && layout),
      ...(userFeatures && { userFeatures: describeTableFeatures(userFeatures) }),
      ...(itemFeatures && { itemFeatures: describeTableFeatures(itemFeatures) }),
    },
    columns: { ratings: rating !== undefined, timestamps: timestamp !== undefined },
    async load(options) {
      const read = format === 'parquet' ? readParquet : format === 'json-lines' ? readJsonLines : readDelimited;
      const columns = await read(source, options, layout);
      const interactions = toInteractions(columns, 'ascending', convertToSeconds(columns.timestamp, source));
      const { userIds, itemIds } = interactions.catalogue;
      const users = userFeatures && (await readTableFeatures(userFeatures, userIds, options));
      const items = itemFeatures && (await readTableFeatures(itemFeatures, itemIds, options));
      const catalogue = {
        ...interactions.catalogue,
        ...(items?.titles && { itemTitles: items.titles }),
        ...(users?.features && { userFeatures: users.features }),
        ...(items?.features && { itemFeatures: items.features }),
      };
      return { ...interactions, catalogue };
    },
  };
}

/** Which columns are read from where; also what sources of known layouts hand to the readers below. */
export interface TableSource {
  readonly path: string;
  readonly names: {
    readonly user: string;
    readonly item: string;
    readonly rating?: string;
    readonly timestamp?: string;
  };
  readonly times: 'seconds' | 'milliseconds' | 'date';
}

export interface TableColumns {
  readonly user: SourceIds;
  readonly item: SourceIds;
  readonly rating?: NumberColumn;
  readonly timestamp?: NumberColumn;
}

type Delimiters = { readonly separator: string; readonly header?: readonly string[] };
type Reading = Pick<LoadOptions, 'onProgress' | 'signal'>;

/** Interactions out of columns; ids become dense in the order wanted. */
export function toInteractions(
  { user, item, rating, timestamp }: TableColumns,
  order: IdOrder,
  timestamps = timestamp as Float64Array | undefined,
): Interactions {
  const users = numberIds(user, order);
  const items = numberIds(item, order);
  return {
    catalogue: {
      userCount: users.originals.length,
      itemCount: items.originals.length,
      userIds: users.originals,
      itemIds: items.originals,
    },
    users: users.ids,
    items: items.ids,
    ...(rating && { ratings: rating as Float32Array }),
    ...(timestamps && { timestamps }),
  };
}

/** Ids are tried as numbers first. Files with quoted fields are left to a CSV library. */
export async function readDelimited(source: TableSource, options: Reading, layout: Delimiters): Promise<TableColumns> {
  const texts = new Set<string>();
  for (;;) {
    try {
      const columns = await readColumns(await openFile(source.path, options), {
        ...layout,
        columns: createRequests(source, texts),
      });
      return columns as unknown as TableColumns; // the requests name exactly its columns
    } catch (error) {
      if (error instanceof QuotedFieldError) return readQuoted(source, options, layout);
      if (!(error instanceof TextIdError)) throw error;
      texts.add(error.column);
    }
  }
}

function createRequests({ names, times }: TableSource, texts: ReadonlySet<string>): Record<string, ColumnRequest> {
  const { user, item, rating, timestamp } = names;
  return {
    user: { column: user, kind: texts.has(user) ? 'text' : 'id' },
    item: { column: item, kind: texts.has(item) ? 'text' : 'id' },
    ...(rating && { rating: { column: rating, kind: 'float32' } }),
    ...(timestamp && { timestamp: { column: timestamp, kind: times === 'date' ? 'date' : 'float64' } }),
  };
}

async function readQuoted(
  source: TableSource,
  options: Reading,
  { separator, header }: Delimiters,
): Promise<TableColumns> {
  const file = await openFile(source.path, options);
  const collected = createCollectors(source, file.name);
  let places: number[] | undefined = header && findColumns(source, header, file.name);
  let row = 0;
  const take = (fields: readonly string[]): void => {
    if (!places) {
      places = findColumns(source, fields, file.name);
      return;
    }
    row++;
    collected.columns.forEach((column, at) => void column.add(fields[places![at]!], row));
  };
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { delimiter: separator, skipEmptyLines: true });
  await pipeline(readTexts(file), parser, async (rows: AsyncIterable<string[]>) => {
    for await (const fields of rows) take(fields);
  });
  return collected.take();
}

/** One JSON object per line. */
export async function readJsonLines(source: TableSource, options: Reading): Promise<TableColumns> {
  const file = await openFile(source.path, options);
  const collected = createCollectors(source, file.name);
  const names = Object.values(source.names);
  let row = 0;
  for await (const line of readLines(file)) {
    row++;
    if (line.trim() === '') continue;
    const fields = parseLine(line, file.name, row);
    names.forEach((name, at) => {
      if (row === 1 && !(name in fields)) failMissingColumn(name, Object.keys(fields), file.name);
      collected.columns[at]!.add(fields[name], row);
    });
  }
  return collected.take();
}

function parseLine(line: string, fileName: string, row: number): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // said below
  }
  throw new RecsysError(
    'invalid-data',
    `${fileName} (line ${row}): expected a JSON object, received ${line.slice(0, 40)}. Is it JSON-lines?`,
  );
}

async function readParquet(source: TableSource, { onProgress, signal }: Reading): Promise<TableColumns> {
  const name = basename(source.path);
  const file = await asyncBufferFromFile(source.path).catch(async () => (await openFile(source.path)) as never); // says that it is missing
  const metadata = await parquetMetadataAsync(file).catch((cause: Error) => {
    throw new RecsysError(
      'damaged-archive',
      `${name}: expected a Parquet file, received ${cause.message}. Is it complete?`,
      { cause },
    );
  });
  const collected = createCollectors(source, name);
  const names = Object.values(source.names);
  const known = metadata.schema.slice(1).map((column) => column.name);
  for (const column of names) if (!known.includes(column)) failMissingColumn(column, known, name);
  const total = Number(metadata.num_rows);
  const report = createProgressReporter(onProgress, { label: `read ${name}`, total, unit: 'rows' });
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    signal?.throwIfAborted();
    const rowEnd = rowStart + Number(group.num_rows);
    const onChunk = ({
      columnName,
      columnData,
      rowStart,
    }: {
      columnName: string;
      columnData: ArrayLike<unknown>;
      rowStart: number;
    }): void => {
      const column = collected.columns[names.indexOf(columnName)]!;
      for (let at = 0; at < columnData.length; at++) column.add(columnData[at], rowStart + at + 1);
    };
    await parquetRead({ file, metadata, columns: names, rowStart, rowEnd, compressors, onChunk });
    rowStart = rowEnd;
    report(rowStart, rowStart === total);
  }
  return collected.take();
}

/** One collector per named column, in the order of the names. */
function createCollectors(
  { names, times }: TableSource,
  fileName: string,
): { columns: ColumnCollector<unknown>[]; take(): TableColumns } {
  const columns = {
    user: createIdCollector(fileName, names.user),
    item: createIdCollector(fileName, names.item),
    ...(names.rating && { rating: createNumberCollector('float32', fileName, names.rating) }),
    ...(names.timestamp && {
      timestamp: createNumberCollector(times === 'date' ? 'date' : 'float64', fileName, names.timestamp),
    }),
  };
  return {
    columns: Object.values(columns),
    take: () => ({
      user: columns.user.take(),
      item: columns.item.take(),
      ...(columns.rating && { rating: columns.rating.take() }),
      ...(columns.timestamp && { timestamp: columns.timestamp.take() }),
    }),
  };
}

/** No log of interactions reaches the year 5138: such numbers are milliseconds. */
function convertToSeconds(
  times: NumberColumn | undefined,
  { path, names, times: unit }: TableSource,
): Float64Array | undefined {
  if (!times) return undefined;
  const scale = unit === 'milliseconds' ? 1000 : 1;
  for (let row = 0; row < times.length; row++) {
    times[row] = times[row]! / scale;
    if (times[row]! < 1e11) continue;
    const where = `${basename(path)} (row ${row + 1}, column ${names.timestamp})`;
    throw new RecsysError(
      'invalid-data',
      `${where}: expected seconds since 1970, received ${times[row]}. If these are milliseconds, say so: times: 'milliseconds'.`,
    );
  }
  return times as Float64Array;
}

function findColumns({ names }: TableSource, header: readonly string[], fileName: string): number[] {
  return Object.values(names).map((name) => findColumn(name, header, fileName));
}

function detectFormat(path: string): 'csv' | 'tsv' | 'json-lines' | 'parquet' {
  const plain = path.toLowerCase().replace(/\.gz$/, '');
  if (plain.endsWith('.parquet')) return 'parquet';
  if (/\.(jsonl|ndjson|json)$/.test(plain)) return 'json-lines';
  return plain.endsWith('.tsv') ? 'tsv' : 'csv';
}
