import { invalid, RecsysError } from '@footlight/core';
import { unzipSync } from 'fflate';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { type FileLocation, getFileName, inspectFile, readWhole } from './file-location.js';
import { createFieldEnds } from './find-field.js';
import type { CodedTexts } from './number-ids.js';
import { openTableFile } from './open-table-file.js';
import { readColumns } from './read-columns.js';
import { readHeader } from './read-header.js';
import { readJsonRows, readTextLines } from './read-json-lines.js';
import { type NumpyArray, readNumpy } from './read-numpy.js';
import { openAsyncBuffer } from './read-parquet.js';
import type { ReadOptions } from './source-file.js';

/** An id and its vector, as the file has them, not checked yet. */
export interface VectorRow {
  readonly id: unknown;
  readonly vector: unknown;
  /** Where it stands, e.g. `line 7`. */
  readonly place: string;
}

/** A file of vectors. */
export interface VectorFile {
  readonly location: FileLocation;
  /** For `.npy`: the ids of the rows, or a text file with one id per line. */
  readonly ids?: FileLocation | readonly (number | string)[] | undefined;
  /** Column, field or array of the ids. Default `id`; in `.npz`, `ids`. */
  readonly id?: string | undefined;
  /** Column, field or array of the vectors. Default `vector`; in `.npz`, `vectors`; in CSV, all other columns. */
  readonly vector?: string | undefined;
}

/** Reads ids and vectors, by the ending of the file's name. */
export async function* readVectorRows(file: VectorFile, options: ReadOptions): AsyncGenerator<VectorRow> {
  const { location, ids } = file;
  const path = getFileName(location);
  await inspectFile(location);
  if (ids !== undefined && !path.endsWith('.npy'))
    invalid('itemVectors(ids)', 'no ids, since the file has its own', 'some', 'Name their column with id.');
  if (path.endsWith('.npy')) yield* readNpy(file, options);
  else if (path.endsWith('.npz')) yield* readNpz(file);
  else if (path.endsWith('.parquet')) yield* readParquetVectors(file);
  else if (/\.(jsonl|ndjson)(\.gz)?$/.test(path)) yield* readJsonVectors(file, options);
  else if (/\.(csv|tsv)(\.gz|\.zip)?$/.test(path)) yield* readCsvVectors(file, options);
  else invalid('itemVectors(path)', 'a file called .npy, .npz, .parquet, .jsonl, .csv or .tsv', path);
}

async function* readNpy({ location, ids }: VectorFile, options: ReadOptions): AsyncGenerator<VectorRow> {
  if (ids === undefined)
    invalid(
      'itemVectors(ids)',
      'the ids of the rows of a .npy file',
      'none',
      'Give a list, or a file of one id per line.',
    );
  const name = getFileName(location);
  const rows = readNumpy(await readWhole(location), name);
  yield* pairRows(name, rows, isLocation(ids) ? await readIds(ids, options) : ids);
}

function isLocation(ids: FileLocation | readonly (number | string)[]): ids is FileLocation {
  return !Array.isArray(ids);
}

async function readIds(location: FileLocation, options: ReadOptions): Promise<readonly (number | string)[]> {
  const name = getFileName(location);
  if (name.endsWith('.npy')) return readNumpy(await readWhole(location), name).values;
  const lines: string[] = [];
  for await (const line of readTextLines(await openTableFile(location, options))) lines.push(line.replace(/\r$/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

async function* readNpz({ location, id = 'ids', vector = 'vectors' }: VectorFile): AsyncGenerator<VectorRow> {
  const name = getFileName(location);
  const entries = unzip(await readWhole(location), name);
  const read = (array: string): NumpyArray => {
    const bytes = entries[`${array}.npy`];
    const known = Object.keys(entries).map((entry) => entry.replace(/\.npy$/, ''));
    if (!bytes) return failData(name, `an array ${array}`, known.join(', '), 'Name the arrays with id and vector.');
    return readNumpy(bytes, `${name} (${array})`);
  };
  yield* pairRows(name, read(vector), read(id).values);
}

function unzip(bytes: Uint8Array, name: string): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes);
  } catch (cause) {
    return failData(name, 'a zip archive of NumPy arrays', String(cause), 'Is it complete?');
  }
}

function* pairRows(name: string, { shape, values }: NumpyArray, ids: readonly unknown[]): Generator<VectorRow> {
  const [rows = 0, dim = 0] = shape;
  if (shape.length !== 2) failData(name, 'an array with a row per item', `the shape [${shape.join(', ')}]`);
  if (ids.length !== rows) failData(name, `${rows} ids, one per row`, `${ids.length}`);
  for (let row = 0; row < rows; row++)
    yield { id: ids[row], vector: values.slice(row * dim, (row + 1) * dim), place: `row ${row + 1}` };
}

async function* readParquetVectors({ location, id = 'id', vector = 'vector' }: VectorFile): AsyncGenerator<VectorRow> {
  const name = getFileName(location);
  const file = await openAsyncBuffer(location);
  const rows = await (async () => {
    const metadata = await parquetMetadataAsync(file);
    const known = metadata.schema.map((column) => column.name);
    for (const column of [id, vector])
      if (!known.includes(column)) failData(name, `a column ${column}`, known.slice(1).join(', '));
    return parquetReadObjects({ file, metadata, columns: [id, vector], compressors });
  })().catch((cause: unknown) => {
    if (cause instanceof RecsysError) throw cause;
    return failData(name, 'a Parquet file', cause instanceof Error ? cause.message : String(cause), 'Is it complete?');
  });
  for (const [at, row] of rows.entries()) yield { id: row[id], vector: row[vector], place: `row ${at + 1}` };
}

async function* readJsonVectors(
  { location, id = 'id', vector = 'vector' }: VectorFile,
  options: ReadOptions,
): AsyncGenerator<VectorRow> {
  const file = await openTableFile(location, options);
  for await (const { values, line } of readJsonRows(file, [id, vector]))
    yield { id: values[0], vector: values[1], place: `line ${line}` };
}

async function* readCsvVectors(
  { location, id = 'id', vector }: VectorFile,
  options: ReadOptions,
): AsyncGenerator<VectorRow> {
  if (vector !== undefined)
    invalid('itemVectors(vector)', 'no column for a CSV file, whose columns but the id are the vector', vector);
  const fileName = getFileName(location);
  const separator = /\.tsv(\.gz|\.zip)?$/.test(fileName) ? '\t' : ',';
  const names = await readNames(location, separator, options);
  const features = names.filter((name) => name !== id);
  if (features.length === names.length) failData(fileName, `a column ${id}`, names.slice(0, 5).join(', '));
  const columns = (await readColumns(await openTableFile(location, { ...options, quotes: separator === ',' }), {
    separator,
    columns: {
      id: { column: id, kind: 'text' },
      line: { column: id, kind: 'line' },
      ...Object.fromEntries(features.map((column, at) => [`feature${at}`, { column, kind: 'text' }] as const)),
    },
  })) as { id: CodedTexts; line: Float64Array; [feature: `feature${number}`]: CodedTexts };
  const read = ({ codes, texts }: CodedTexts, row: number) => texts[codes[row]!]!;
  for (let row = 0; row < columns.line.length; row++) {
    const cells = features.map((_, at) => read(columns[`feature${at}`]!, row));
    const vector = cells.map((text) => (text.trim() === '' ? Number.NaN : Number(text)));
    yield { id: read(columns.id, row), vector, place: `line ${columns.line[row]}` };
  }
}

async function readNames(location: FileLocation, separator: string, options: ReadOptions): Promise<readonly string[]> {
  const file = await openTableFile(location, { ...options, quotes: separator === ',' });
  for await (const line of readTextLines(file)) {
    if (line.trim() === '') continue;
    const header = readHeader(file.name, new TextEncoder().encode(`${line}\n`), createFieldEnds({ separator }));
    if (header) return header.names.map((name) => name.replace(/\r$/, ''));
    break;
  }
  return failData(file.name, 'a header with the names of the columns', 'none');
}

function failData(name: string, expected: string, received: string, hint = 'Correct the file.'): never {
  throw new RecsysError('invalid-data', `${name}: expected ${expected}, received ${received}. ${hint}`);
}
