import { pipeline } from 'node:stream/promises';
import Papa from 'papaparse';
import type { ColumnRequest, DelimitedLayout } from './column-types.js';
import { QuotedFieldError, TextIdError } from './field-errors.js';
import { findColumn } from './find-column.js';
import { createCollectors, type InteractionColumns, type InteractionFile } from './interaction-columns.js';
import { readColumns } from './read-columns.js';
import { openFile, type ReadOptions, readTexts } from './source-file.js';

type Delimiters = Omit<DelimitedLayout<unknown>, 'columns'>;

/**
 * Reads interactions from a delimited file (CSV, TSV).
 *
 * Ids are read as whole numbers; a column with any other id is read again as text. A file with quoted fields is read
 * again with a CSV library, which is several times slower.
 *
 * @throws {RecsysError} `invalid-data` with file, line (or row) and column of the first field that does not fit
 */
export async function readDelimited(
  file: InteractionFile,
  options: ReadOptions,
  delimiters: Delimiters,
): Promise<InteractionColumns> {
  const textColumns = new Set<string>();
  for (;;) {
    try {
      const columns = createRequests(file, textColumns);
      const read = await readColumns(await openFile(file.path, options), { ...delimiters, columns });
      return read as unknown as InteractionColumns; // the requests have exactly its names
    } catch (error) {
      if (error instanceof QuotedFieldError) return readQuoted(file, options, delimiters);
      if (!(error instanceof TextIdError)) throw error;
      textColumns.add(error.column);
    }
  }
}

function createRequests(
  { names, times }: InteractionFile,
  textColumns: ReadonlySet<string>,
): Record<string, ColumnRequest> {
  const { user, item, rating, timestamp } = names;
  return {
    user: { column: user, kind: textColumns.has(user) ? 'text' : 'id' },
    item: { column: item, kind: textColumns.has(item) ? 'text' : 'id' },
    ...(rating && { rating: { column: rating, kind: 'float32' } }),
    ...(timestamp && { timestamp: { column: timestamp, kind: times === 'date' ? 'date' : 'float64' } }),
  };
}

async function readQuoted(
  source: InteractionFile,
  options: ReadOptions,
  { separator, header }: Delimiters,
): Promise<InteractionColumns> {
  const file = await openFile(source.path, options);
  const collectors = createCollectors(source, file.name);
  const findColumns = (names: readonly string[]): number[] =>
    Object.values(source.names).map((name) => findColumn(name, names, file.name));
  let positions = header && findColumns(header);
  let row = 0;
  const addRow = (fields: readonly string[]): void => {
    if (!positions) {
      positions = findColumns(fields);
      return;
    }
    row++;
    for (const [at, column] of collectors.columns.entries()) column.add(fields[positions[at]!], row);
  };
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { delimiter: separator, skipEmptyLines: true });
  await pipeline(readTexts(file), parser, async (rows: AsyncIterable<string[]>) => {
    for await (const fields of rows) addRow(fields);
  });
  return collectors.take();
}
