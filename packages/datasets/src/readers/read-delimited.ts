import type { ColumnRequest, Delimiters } from './column-types.js';
import { TextIdError } from './field-errors.js';
import { createFieldEnds } from './find-field.js';
import type { InteractionColumns, InteractionFile } from './interaction-columns.js';
import { openTableFile, type TableFileOptions } from './open-table-file.js';
import { readColumns } from './read-columns.js';

/**
 * Reads interactions from a delimited file (CSV, TSV).
 *
 * Ids are read as whole numbers; a column with any other id is read again as text.
 *
 * @throws {RecsysError} `invalid-data` with file, line (or row) and column of the first field that does not fit
 */
export async function readDelimited(
  file: InteractionFile,
  options: TableFileOptions,
  delimiters: Delimiters,
): Promise<InteractionColumns> {
  const textColumns = new Set<string>();
  const quotes = createFieldEnds(delimiters).quotes === 'enclose';
  for (;;) {
    try {
      const columns = createRequests(file, textColumns);
      const read = await readColumns(await openTableFile(file.location, { ...options, quotes }), {
        ...delimiters,
        columns,
      });
      return read as unknown as InteractionColumns; // the requests have exactly its names
    } catch (error) {
      if (!(error instanceof TextIdError)) throw error;
      textColumns.add(error.column);
    }
  }
}

function createRequests(
  { names, times }: InteractionFile,
  textColumns: ReadonlySet<string>,
): Record<string, ColumnRequest> {
  const { user, item, rating, timestamp, weight } = names;
  return {
    user: { column: user, kind: textColumns.has(user) ? 'text-id' : 'id' },
    ...(item !== undefined && { item: { column: item, kind: textColumns.has(item) ? 'text-id' : 'id' } as const }),
    ...(rating && { rating: { column: rating, kind: 'float32' } }),
    ...(timestamp && { timestamp: { column: timestamp, kind: times === 'date' ? 'date' : 'float64' } }),
    ...(weight && { weight: { column: weight, kind: 'float32' } }),
  };
}
