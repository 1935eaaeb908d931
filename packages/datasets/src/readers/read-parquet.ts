import { RecsysError } from '@footlight/core';
import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { type FileLocation, getFileName, inspectFile, openLocation } from './file-location.js';
import { identifyContent } from './identify-content.js';
import { createCollectors, type InteractionColumns, type InteractionFile } from './interaction-columns.js';
import { assertParquetColumns, hasParquetTimes, parquetParsers } from './parquet-columns.js';
import { createProgressReporter } from './progress-reporter.js';
import type { ReadOptions } from './source-file.js';
import { verifyPages } from './verify-pages.js';

/** Values of one column in consecutive rows. */
interface ParquetChunk {
  readonly columnName: string;
  readonly columnData: ArrayLike<unknown>;
  /** Row of the first value, from 0. */
  readonly rowStart: number;
}

/**
 * Reads interactions from a Parquet file, one row group after the other. Times of a type with a unit are converted
 * exactly; times that are plain numbers are in the unit of `source`.
 *
 * @throws {RecsysError} `missing-file`; `damaged-archive` if it is no Parquet file or cannot be decoded; `invalid-data`
 *   with file, row and column of the first value that does not fit
 */
export async function readParquet(source: InteractionFile, options: ReadOptions): Promise<InteractionColumns> {
  const fileName = getFileName(source.location);
  const parquet = await openParquet(source.location);
  assertParquetColumns(parquet.metadata, source, fileName);
  const hasTimes = source.names.timestamp !== undefined && hasParquetTimes(parquet.metadata, source.names.timestamp);
  // Its times arrive as seconds, whatever the unit of `source` is.
  const collectors = createCollectors(hasTimes ? { ...source, times: 'seconds' } : source, fileName, 'row');
  await readParquetColumns(parquet, Object.values(source.names), options, (at, value, row) =>
    collectors.columns[at]!.add(value, row),
  );
  return { ...collectors.take(), ...(hasTimes && { timestampUnit: 'seconds' }) };
}

/** A Parquet file whose schema has been read. */
export interface ParquetFile {
  readonly fileName: string;
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
}

/** Opens a Parquet file and reads its schema. */
export async function openParquet(location: FileLocation): Promise<ParquetFile> {
  const file = await openAsyncBuffer(location);
  const fileName = getFileName(location);
  return { fileName, file, metadata: await readMetadata(file, fileName) };
}

/** Opens a file as hyparquet reads it. */
export async function openAsyncBuffer(location: FileLocation): Promise<AsyncBuffer> {
  const { bytes } = await inspectFile(location);
  const file = await openLocation(location, bytes);
  const slice = async (from: number, to = bytes): Promise<ArrayBuffer> => {
    const piece = await file.read(from < 0 ? bytes + from : from, to);
    return piece.byteLength === piece.buffer.byteLength ? piece.buffer : piece.slice().buffer;
  };
  return { byteLength: bytes, slice };
}

/**
 * Reads some columns, one row group after the other. Pages are verified where the file has their checksums.
 *
 * @param add called with the position of the column among the names, the value, and the number of the row from 1
 */
export async function readParquetColumns(
  parquet: ParquetFile,
  columnNames: string[],
  { onProgress, signal }: ReadOptions,
  add: (at: number, value: unknown, row: number) => void,
): Promise<void> {
  const { fileName, metadata } = parquet;
  const total = Number(metadata.num_rows);
  const report = createProgressReporter(onProgress, { label: `read ${fileName}`, total, unit: 'rows' });
  let rowStart = 0;
  for (const [index, { num_rows }] of metadata.row_groups.entries()) {
    signal?.throwIfAborted();
    const rowEnd = rowStart + Number(num_rows);
    const read = readGroup(parquet, index, columnNames, rowStart, rowEnd);
    const chunks = await read.catch((cause: unknown) => {
      if (cause instanceof RecsysError) throw cause;
      return failDamaged(
        fileName,
        `${cause instanceof Error ? cause.message : cause} in row group ${index + 1}`,
        cause,
      );
    });
    for (const [at, name] of columnNames.entries()) {
      let row = rowStart;
      for (const { columnName, columnData } of chunks) {
        if (columnName !== name) continue;
        for (let value = 0; value < columnData.length; value++) add(at, columnData[value], ++row);
      }
      if (row !== rowEnd)
        failDamaged(fileName, `${row - rowStart} of ${num_rows} values of ${name} in row group ${index + 1}`);
    }
    rowStart = rowEnd;
    report(rowStart, rowStart === total);
  }
}

/** Values are only collected here: the library does not pass on what is thrown by `onChunk`. */
async function readGroup(
  { fileName, file, metadata }: ParquetFile,
  index: number,
  columns: string[],
  rowStart: number,
  rowEnd: number,
): Promise<ParquetChunk[]> {
  const chunks: ParquetChunk[] = [];
  const onChunk = (chunk: ParquetChunk): void => void chunks.push(chunk);
  await parquetRead({
    file: verifyPages(file, metadata.row_groups[index]!, `${fileName}, row group ${index + 1}`),
    metadata,
    columns,
    rowStart,
    rowEnd,
    compressors,
    onChunk,
    parsers: parquetParsers,
    geoparquet: false,
  });
  return chunks;
}

async function readMetadata(file: AsyncBuffer, fileName: string): Promise<FileMetaData> {
  try {
    const metadata = await parquetMetadataAsync(file, { geoparquet: false });
    parquetSchema(metadata); // throws if elements are missing
    return metadata;
  } catch (cause) {
    const content = identifyContent(new Uint8Array(await file.slice(0, Math.min(512, file.byteLength))));
    if (content && content.name !== 'a Parquet file')
      throw new RecsysError(
        'invalid-data',
        `${fileName}: expected a Parquet file, received ${content.name}. Set format, or unpack the file.`,
        { cause },
      );
    const head = new TextDecoder('latin1').decode(await file.slice(0, Math.min(24, file.byteLength)));
    if (/^[\x20-\x7e]*([\r\n]|$)/.test(head) && !head.startsWith('PAR1'))
      throw new RecsysError(
        'invalid-data',
        `${fileName}: expected a Parquet file, received a text (${head.split(/[\r\n]/)[0]}…). Set format, e.g. to csv.`,
        { cause },
      );
    return failDamaged(fileName, cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function failDamaged(fileName: string, received: string, cause?: unknown): never {
  throw new RecsysError(
    'damaged-archive',
    `${fileName}: expected a Parquet file, received ${received}. Is it complete?`,
    { cause },
  );
}
