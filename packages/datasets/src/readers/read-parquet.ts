import { basename } from 'node:path';
import { RecsysError } from '@footlight/core';
import { type AsyncBuffer, asyncBufferFromFile, parquetMetadataAsync, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { failMissingColumn } from './find-column.js';
import { createCollectors, type InteractionColumns, type InteractionFile } from './interaction-columns.js';
import { createProgressReporter } from './progress-reporter.js';
import { openFile, type ReadOptions } from './source-file.js';

/** Values of one column in consecutive rows. */
interface ParquetChunk {
  readonly columnName: string;
  readonly columnData: ArrayLike<unknown>;
  /** Row of the first value, from 0. */
  readonly rowStart: number;
}

/**
 * Reads interactions from a Parquet file, one row group after the other.
 *
 * @throws {RecsysError} `missing-file`; `damaged-archive` if it is no Parquet file; `invalid-data` with file, row and
 *   column of the first value that does not fit
 */
export async function readParquet(
  source: InteractionFile,
  { onProgress, signal }: ReadOptions,
): Promise<InteractionColumns> {
  const fileName = basename(source.path);
  const file = await openBuffer(source.path);
  const metadata = await parquetMetadataAsync(file).catch((cause: Error) => {
    throw new RecsysError(
      'damaged-archive',
      `${fileName}: expected a Parquet file, received ${cause.message}. Is it complete?`,
      { cause },
    );
  });
  const collectors = createCollectors(source, fileName);
  const names = Object.values(source.names);
  const columnNames = metadata.schema.slice(1).map((column) => column.name);
  for (const name of names) if (!columnNames.includes(name)) failMissingColumn(name, columnNames, fileName);
  const onChunk = ({ columnName, columnData, rowStart }: ParquetChunk): void => {
    const column = collectors.columns[names.indexOf(columnName)]!;
    for (let at = 0; at < columnData.length; at++) column.add(columnData[at], rowStart + at + 1);
  };
  const total = Number(metadata.num_rows);
  const report = createProgressReporter(onProgress, { label: `read ${fileName}`, total, unit: 'rows' });
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    signal?.throwIfAborted();
    const rowEnd = rowStart + Number(group.num_rows);
    await parquetRead({ file, metadata, columns: names, rowStart, rowEnd, compressors, onChunk });
    rowStart = rowEnd;
    report(rowStart, rowStart === total);
  }
  return collectors.take();
}

async function openBuffer(path: string): Promise<AsyncBuffer> {
  try {
    return await asyncBufferFromFile(path);
  } catch (error) {
    await openFile(path); // throws the error that names a missing file
    throw error;
  }
}
